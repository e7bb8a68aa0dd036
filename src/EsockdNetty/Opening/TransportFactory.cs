using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll;

namespace EsockdNetty.Opening;

/// <summary>Loops and listening channels of the transport that a server was given.</summary>
internal sealed class TransportFactory
{
    private readonly bool _epoll;

    private TransportFactory(bool epoll) => _epoll = epoll;

    public static TransportFactory Of(SocketTransport transport) =>
        new(transport == SocketTransport.Epoll || (transport == SocketTransport.Automatic && OperatingSystem.IsLinux()));

    /// <summary>True when nothing is accepted before the system has said that somebody waits, so that a permit is held for nobody else.</summary>
    public bool AcceptsOnReadiness => _epoll;

    public IEventLoopGroup NewLoops(int count) => _epoll ? new EpollEventLoopGroup(count) : new MultithreadEventLoopGroup(count);

    /// <summary>A channel on a listening descriptor that does not block, which it takes over.</summary>
    public AbstractServerSocketChannel NewServerChannel(int descriptor) =>
        _epoll ? new EpollServerSocketChannel(descriptor) : new TcpServerSocketChannel(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)));

    public AbstractServerSocketChannel NewServerChannel(AddressFamily family) =>
        _epoll ? new EpollServerSocketChannel(family) : new TcpServerSocketChannel(family);

    public AbstractSocketChannel NewStreamChannel(AddressFamily family) =>
        _epoll ? new EpollSocketChannel(family) : new TcpSocketChannel(family);
}
