using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Opening;

/// <summary>.NET's sockets, on every system.</summary>
internal sealed class SocketsTransport : ISocketTransport
{
    public bool AcceptsOnReadiness => false;

    public IEventLoopGroup NewLoops(int count) => new MultithreadEventLoopGroup(count);

    public IServerChannel NewServerChannel(EndPoint endPoint) => NewServerChannel(endPoint.AddressFamily);

    public AbstractServerSocketChannel NewServerChannel(AddressFamily family) => new TcpServerSocketChannel(family);

    public AbstractServerSocketChannel NewServerChannel(int descriptor) =>
        new TcpServerSocketChannel(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)));

    public AbstractSocketChannel NewStreamChannel(AddressFamily family) => new TcpSocketChannel(family);
}
