using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll;

namespace EsockdNetty.Opening;

/// <summary>Linux's epoll.</summary>
internal sealed class EpollTransport : ISocketTransport
{
    public bool AcceptsOnReadiness => true;

    public IEventLoopGroup NewLoops(int count) => new EpollEventLoopGroup(count);

    public IServerChannel NewServerChannel(EndPoint endPoint) => NewServerChannel(endPoint.AddressFamily);

    public AbstractServerSocketChannel NewServerChannel(AddressFamily family) => new EpollServerSocketChannel(family);

    public AbstractServerSocketChannel NewServerChannel(int descriptor) => new EpollServerSocketChannel(descriptor);

    public AbstractSocketChannel NewStreamChannel(AddressFamily family) => new EpollSocketChannel(family);
}
