using System.Net;
using System.Net.Sockets;
using Acme.Echo;
using Acme.Forwarding;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Corpus.Forwarding;

public sealed class ForwardingTests
{
    [Fact]
    public async Task A_client_talks_to_the_target_behind_the_forwarder()
    {
        var echo = new EchoServer();
        await Within.Reached(echo.StartAsync());
        var group = new MultithreadEventLoopGroup(1);
        IChannel forwarder = await Within.Reached(new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildOption(ChannelOption.AutoRead, false)
            .ChildHandler(new ActionChannelInitializer<IChannel>(
                channel => channel.Pipeline.AddLast(new ForwardingHandler(new IPEndPoint(IPAddress.Loopback, echo.Port)))))
            .BindAsync(IPAddress.Loopback, 0));

        string echoed = await Within.Reached(EchoClient.RunAsync(((IPEndPoint)forwarder.LocalAddress).Port, "through the wall", 50));

        Assert.Equal("through the wall", echoed);
        await Within.Reached(forwarder.CloseAsync());
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        await Within.Reached(echo.StopAsync());
    }

    [Fact]
    public async Task A_target_that_is_not_there_ends_the_client()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var group = new MultithreadEventLoopGroup(1);
        IChannel forwarder = await Within.Reached(new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildOption(ChannelOption.AutoRead, false)
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(new ForwardingHandler(reserved.LocalEndPoint!))))
            .BindAsync(IPAddress.Loopback, 0));
        using var client = new TcpClient();

        await client.ConnectAsync((IPEndPoint)forwarder.LocalAddress).WaitAsync(Within.Guard);
        int received = await Within.Reached(client.GetStream().ReadAsync(new byte[1]).AsTask());

        Assert.Equal(0, received);
        await Within.Reached(forwarder.CloseAsync());
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public void A_peer_that_does_not_read_is_not_read()
    {
        var channel = new EmbeddedChannel(new ThrottlingHandler());
        channel.Configuration.WriteBufferHighWaterMark = 8;
        channel.Configuration.WriteBufferLowWaterMark = 4;

        _ = channel.WriteAsync(Unpooled.WrappedBuffer(new byte[2000]));
        bool whileFull = channel.Configuration.AutoRead;
        channel.Flush();

        Assert.Equal((false, true), (whileFull, channel.Configuration.AutoRead));
        channel.FinishAndReleaseAll();
    }
}
