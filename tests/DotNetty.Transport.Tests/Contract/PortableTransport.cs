using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.TestSupport.Contract;

namespace DotNetty.Transport.Tests.Contract;

/// <summary>The transport over .NET's sockets.</summary>
public abstract class PortableTransport(AddressFamily family) : ITransportUnderTest
{
    public AddressFamily Family => family;

    public IEventLoopGroup NewGroup(int loops) => new MultithreadEventLoopGroup(loops);

    public IServerChannel NewServer() => new TcpServerSocketChannel(family);

    public IChannel NewClient() => new TcpSocketChannel(family);

    public sealed class TcpV4() : PortableTransport(AddressFamily.InterNetwork);

    public sealed class TcpV6() : PortableTransport(AddressFamily.InterNetworkV6);

    public sealed class Unix() : PortableTransport(AddressFamily.Unix);
}
