using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.TestSupport;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>What the published stream channel did and ours must not.</summary>
public sealed class SocketDefectTests
{
    [Fact]
    [Trait("Defect", "D10")]
    public async Task A_reply_after_the_clients_FIN_arrives()
    {
        var ended = new TaskCompletionSource<IChannelHandlerContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        var recorder = new Recorder { OnUserEvent = (context, _) => ended.TrySetResult(context) };
        var group = new MultithreadEventLoopGroup(1);
        IChannel server = await Within.Reached(new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildOption(ChannelOption.AllowHalfClosure, true)
            .ChildHandler(new ActionChannelInitializer<IChannel>(child => child.Pipeline.AddLast(recorder)))
            .BindAsync(IPAddress.Loopback, 0));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Within.Reached(client.ConnectAsync(server.LocalAddress));

        client.Shutdown(SocketShutdown.Send);
        IChannelHandlerContext context = await Within.Reached(ended.Task);
        _ = context.WriteAndFlushAsync(Payload.Of("reply"));
        _ = context.CloseAsync();

        Assert.Equal("reply", Payload.Text(await client.ReceiveToEndAsync()));
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    [Trait("Defect", "D10")]
    public void Whether_the_output_was_shut_down_can_be_asked()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        bool before = channel.Channel.IsOutputShutdown;

        channel.Channel.ShutdownOutputAsync();

        Assert.False(before);
        Assert.True(channel.Channel.IsOutputShutdown);
        Assert.True(channel.Channel.Active);
    }

    [Theory]
    [Trait("Defect", "D17")]
    [InlineData(SocketError.NotConnected)]
    [InlineData(SocketError.ConnectionReset)]
    public void A_shutdown_that_fails_does_not_keep_the_descriptor_open(SocketError error)
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Socket.ShutdownAnswer = error;

        Task closing = channel.Channel.CloseAsync();
        channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(channel.Socket.Closed);
    }

    [Fact]
    [Trait("Defect", "D17")]
    public async Task A_connect_that_fails_does_not_keep_its_descriptor_open()
    {
        var group = new MultithreadEventLoopGroup(1);
        TcpSocketChannel? made = null;
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Task<IChannel> connecting = new Bootstrap()
            .Group(group)
            .ChannelFactory(() => made = new TcpSocketChannel())
            .Handler(new Recorder())
            .ConnectAsync(silent.LocalEndPoint!);

        await Assert.ThrowsAsync<ConnectException>(() => Within.Reached(connecting));
        Assert.Equal(-1, made!.Descriptor);
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    [Trait("Defect", "D18")]
    public void A_channel_whose_next_read_cannot_begin_is_told_and_closed_and_not_left_without_one()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Recorder.OnReadComplete = _ => channel.Socket.WantReadFault = new ObjectDisposedException("on purpose");

        channel.Receive("hello");

        Assert.IsType<ObjectDisposedException>(Assert.Single(channel.Recorder.Exceptions));
        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
    }
}
