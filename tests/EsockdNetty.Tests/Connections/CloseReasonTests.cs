using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections;

/// <summary>Whose end a connection's was, in the words of the statistics.</summary>
public abstract class CloseReasonTests
{
    protected abstract SocketTransport Transport { get; }

    public static TheoryData<string, bool> Ways => new() { { "tcp", true }, { "tcp", false }, { "ssl", true }, { "ssl", false } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_peer_that_ends_is_PeerClosed(string scheme, bool halfClosure)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => Use(options, scheme, halfClosure));
        Peer peer = await Served(server, scheme);

        await peer.SayLastWord();

        Assert.Equal("PeerClosed 1", await server.EndOf(peer));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_peer_that_ends_is_PeerClosed_for_a_pipeline_too(string scheme, bool halfClosure)
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new EchoHandler(), new CloseAtInputEnd()),
            options => Use(options, scheme, halfClosure));
        Peer peer = await Served(server, scheme);

        await peer.SayLastWord();

        Assert.Equal("PeerClosed 1", await server.EndOf(peer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_TLS_peer_that_ends_without_close_notify_is_PeerClosed(bool halfClosure)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => Use(options, "ssl", halfClosure));
        Peer peer = await Served(server, "ssl");

        peer.EndSending();

        Assert.Equal("PeerClosed 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_connection_that_we_end_is_Closed(string scheme, bool halfClosure)
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                await session.SendAsync((await session.ReceiveAsync(closed))!.Value, closed);
                await session.ReceiveAsync(closed);
            },
            options => Use(options, scheme, halfClosure));
        Peer peer = await Served(server, scheme);

        await peer.Send(1);

        Assert.Equal("Closed 1", await server.EndOf(peer));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task A_pipeline_that_closes_is_Closed(string scheme)
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new CloseAtMessage()),
            options => Use(options, scheme, halfClosure: false));
        using Peer peer = await server.Connect(scheme);

        await peer.Send(1);

        Assert.Equal("Closed 1", await server.EndOf(peer));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task A_reset_is_Reset_and_told_at_Debug(string scheme)
    {
        var log = new LogLines();
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new EchoHandler()),
            options => Use(options, scheme, halfClosure: false),
            new SocketServerOptions { LoggerFactory = log });
        Peer peer = await Served(server, scheme);

        peer.Reset();

        Assert.Equal("Reset 1", server.Endings(1));
        Eventually.Equal(1, () => log.All.Count(line => line.Level == LogLevel.Debug));
        Assert.DoesNotContain(log.All, line => line.Level > LogLevel.Information);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task A_silent_peer_is_Idle(string scheme)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            Use(options, scheme, halfClosure: true);
            options.Timeouts.Idle = TimeSpan.FromMilliseconds(100);
        });
        using Peer peer = await server.Connect(scheme);

        Assert.Equal("Idle 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task A_frame_too_long_is_FrameTooLong_and_told_at_Debug()
    {
        var log = new LogLines();
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options =>
            {
                options.Packet = PacketType.Four;
                options.Limits.MaxFrame = 10;
            },
            new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        await peer.Send(0, 0, 0, 1, 7, 0, 0, 0, 11);

        Assert.Equal([0, 0, 0, 1, 7], await peer.Receive(5));
        Assert.Equal("FrameTooLong 1", await server.EndOf(peer));
        Assert.Single(log.All, line => line.Level == LogLevel.Debug);
        Assert.DoesNotContain(log.All, line => line.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_frame_too_long_closes_although_a_handler_swallows_its_exception()
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new SwallowExceptions(), new EchoHandler()),
            options =>
            {
                options.Packet = PacketType.Two;
                options.Limits.MaxFrame = 10;
            });
        using Peer peer = await server.Connect();

        await peer.Send(0, 11);

        Assert.Equal("FrameTooLong 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task A_frame_begun_and_not_ended_is_FrameTimeout()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Packet = PacketType.Two;
            options.Timeouts.Frame = TimeSpan.FromMilliseconds(100);
        });
        using Peer peer = await server.Connect();

        await peer.Send(0, 2, 1);

        Assert.Equal("FrameTimeout 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task A_connection_aborted_by_a_handler_is_Reset()
    {
        await using OneListener server = await Transport.Open((session, _) =>
        {
            session.Channel.Unsafe.CloseForcibly();
            return Task.CompletedTask;
        });

        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.Equal("Reset 1", server.Endings(1));
    }

    [Fact]
    public async Task The_first_reason_stays()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            _ = session.Channel.CloseBecause(CloseReason.Idle);
            await closed.Cancelled();
            throw new InvalidOperationException("after the end");
        });
        using Peer peer = await server.Connect();

        Assert.Equal("Idle 1", await server.EndOf(peer));
    }

    private static void Use(ListenerOptions options, string scheme, bool halfClosure)
    {
        options.Socket.AllowHalfClosure = halfClosure;
        if (scheme == "ssl")
        {
            OneListener.Tls(options);
        }
    }

    private static async Task<Peer> Served(OneListener server, string scheme)
    {
        Peer peer = await server.Connect(scheme);
        Assert.True(await peer.IsServed());
        return peer;
    }

    private sealed class CloseAtInputEnd : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            if (evt is DotNetty.Transport.Channels.Sockets.ChannelInputShutdownEvent)
            {
                _ = context.CloseAsync();
            }
        }
    }

    private sealed class CloseAtMessage : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            DotNetty.Common.Utilities.ReferenceCountUtil.Release(message);
            _ = context.CloseAsync();
        }
    }

    private sealed class SwallowExceptions : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
        }
    }

    public sealed class OnEpoll : CloseReasonTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : CloseReasonTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
