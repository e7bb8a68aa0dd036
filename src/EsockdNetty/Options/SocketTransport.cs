namespace EsockdNetty;

/// <summary>What carries a server's bytes.</summary>
public enum SocketTransport
{
    /// <summary>The best this system has: epoll on Linux, .NET's sockets elsewhere.</summary>
    Automatic,

    /// <summary>epoll, on Linux only.</summary>
    Epoll,

    /// <summary>.NET's sockets, on every system.</summary>
    Sockets,
}
