namespace EsockdNetty.Opening;

/// <summary>The transports there are.</summary>
internal static class SocketTransports
{
    public static ISocketTransport Of(SocketTransport transport) =>
        transport == SocketTransport.Epoll || (transport == SocketTransport.Automatic && OperatingSystem.IsLinux())
            ? new EpollTransport()
            : new SocketsTransport();
}
