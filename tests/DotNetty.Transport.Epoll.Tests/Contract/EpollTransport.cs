using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Epoll.Tests.Contract;

/// <summary>The transport over epoll.</summary>
public abstract class EpollTransport(AddressFamily family) : ITransportUnderTest
{
    public AddressFamily Family => family;

    public IEventLoopGroup NewGroup(int loops) => new EpollEventLoopGroup(loops);

    public IServerChannel NewServer() => new EpollServerSocketChannel(family);

    public IChannel NewClient() => new EpollSocketChannel(family);

    public sealed class TcpV4() : EpollTransport(AddressFamily.InterNetwork);

    public sealed class TcpV6() : EpollTransport(AddressFamily.InterNetworkV6);

    public sealed class Unix() : EpollTransport(AddressFamily.Unix);
}
