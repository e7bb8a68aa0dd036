namespace EsockdNetty.Tests.Support;

/// <summary>Both transports, for theories.</summary>
internal static class Transports
{
    public static TheoryData<SocketTransport> Both => [SocketTransport.Epoll, SocketTransport.Sockets];
}
