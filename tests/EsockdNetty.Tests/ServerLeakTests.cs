using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Tests;

/// <summary>
/// Whatever way a connection ends, nothing of it stays: over TCP and TLS, served by a session and by handlers, with a packet answered, one under
/// way and half of another received.
/// </summary>
public abstract class ServerLeakTests() : LeakFreeTests(Eventually.Guard)
{
    private static readonly byte[] Whole = [0, 3, 1, 2, 3];
    private static readonly byte[] WholeAndHalf = [.. Whole, 0, 3, 1];

    protected abstract SocketTransport Transport { get; }

    public static TheoryData<string, string> Ways => new() { { "tcp", "session" }, { "tcp", "pipeline" }, { "ssl", "session" }, { "ssl", "pipeline" } };

    public static TheoryData<string> Refusals => ["reset", "close", "bytes"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_peer_ends(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served);
        Peer peer = await Begun(server, scheme);

        peer.EndSending();

        Assert.Equal("PeerClosed 1", server.Endings(1));
        peer.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_peer_resets(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served);
        Peer peer = await Begun(server, scheme);

        peer.Reset();

        Assert.Equal("Reset 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task We_close(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, act: static channel => _ = channel.CloseAsync());
        using Peer peer = await server.Connect(scheme);

        await peer.Send(WholeAndHalf);

        Assert.Equal("Closed 1", await server.EndOf(peer));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task We_reset(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, act: static channel => channel.Unsafe.CloseForcibly());
        using Peer peer = await server.Connect(scheme);

        await peer.Send(WholeAndHalf);

        Assert.Equal("Reset 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_peer_is_idle(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, options => options.Timeouts.Idle = TimeSpan.FromSeconds(1));
        using Peer peer = await server.Connect(scheme);
        await peer.Send(WholeAndHalf);

        await End(peer);
        Assert.Equal("Idle 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_frame_takes_too_long(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, options => options.Timeouts.Frame = TimeSpan.FromMilliseconds(100));
        using Peer peer = await server.Connect(scheme);
        await peer.Send(WholeAndHalf);

        await End(peer);
        Assert.Equal("FrameTimeout 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_frame_is_too_long(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, options => options.Limits.MaxFrame = 10);
        using Peer peer = await server.Connect(scheme);

        await peer.Send([.. Whole, 0, 11, 1, 2, 3]);

        await End(peer);
        Assert.Equal("FrameTooLong 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_peer_reads_too_slowly(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, act: SendMuch);
        using Peer peer = await server.Connect(scheme);

        await peer.Send(WholeAndHalf);

        // It reads only then: while the server sends it might take all.
        Assert.Equal("SlowConsumer 1", server.Endings(1));
        Assert.False(await peer.EndsInOrder());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_oldest_byte_is_too_old(string scheme, string served)
    {
        await using OneListener server = await Open(
            scheme,
            served,
            options =>
            {
                options.Timeouts.Send = TimeSpan.FromMilliseconds(100);
                options.Limits.MaxPendingWriteBytes = 64 * 1024 * 1024;
            },
            SendMuch);
        using Peer peer = await server.Connect(scheme);

        await peer.Send(WholeAndHalf);

        Assert.Equal("SendTimeout 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_handler_throws(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served, act: static _ => throw new InvalidOperationException("on purpose"));
        using Peer peer = await server.Connect(scheme);

        await peer.Send(WholeAndHalf);

        await End(peer);
        Assert.Equal("HandlerFault 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_listener_drains(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served);
        using Peer quiet = await server.Connect(scheme);
        await quiet.Send(Whole);
        await quiet.Receive(Whole.Length);
        using Peer busy = await Begun(server, scheme);

        Task draining = server.Listener.DrainAsync(TimeSpan.FromMilliseconds(500));

        await Task.WhenAll(End(quiet), End(busy));
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 2", server.Endings(2));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_server_stops(string scheme, string served)
    {
        await using OneListener server = await Open(scheme, served);
        using Peer peer = await Begun(server, scheme);

        await server.Server.StopAsync(TimeSpan.Zero).WaitAsync(Eventually.Guard);

        Assert.Equal("Stopped 1", server.Endings(1));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public Task Over_the_listeners_limit(string refusal) =>
        Refuses(refusal, RefusalReason.MaxConnections, static options => options.Limits.MaxConnections = 1, new SocketServerOptions());

    [Theory]
    [MemberData(nameof(Refusals))]
    public Task Over_the_servers_limit(string refusal) =>
        Refuses(refusal, RefusalReason.ServerMaxConnections, static _ => { }, new SocketServerOptions { MaxConnections = 1 });

    [Fact]
    public async Task What_comes_is_not_TLS()
    {
        await using OneListener server = await Open("ssl", "session");
        using Peer peer = await server.Connect();

        await peer.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        await End(peer);
        Assert.Equal("NotTls 1", server.Endings(1));
    }

    [Fact]
    public async Task A_handshake_fails()
    {
        await using OneListener server = await Open("ssl", "pipeline", static options => options.Tls.Protocols = System.Security.Authentication.SslProtocols.Tls13);

        await Assert.ThrowsAnyAsync<Exception>(() => Peer.ConnectTls(server.Listener, static tls => tls.EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls12));

        Assert.Equal("HandshakeFailed 1", server.Endings(1));
    }

    [Fact]
    public async Task A_handshake_takes_too_long()
    {
        await using OneListener server = await Open("ssl", "session", static options => options.Timeouts.Handshake = TimeSpan.FromMilliseconds(100));
        using Peer peer = await server.Connect();

        // The beginning of a record, which never ends.
        await peer.Send(22, 3, 1, 0, 100, 1);

        await End(peer);
        Assert.Equal("HandshakeTimeout 1", server.Endings(1));
    }

    [Fact]
    public async Task The_oldest_of_too_many_handshakes()
    {
        await using OneListener server = await Open("ssl", "session", static options => options.Limits.MaxPending = 1);
        using Peer oldest = await server.Connect();
        Eventually.Equal(1, () => (int)server.Listener.Statistics.Pending);

        using Peer peer = await server.ConnectTls();

        Assert.Equal("PendingOverflow 1", server.Endings(1));
    }

    private async Task Refuses(string refusal, RefusalReason reason, Action<ListenerOptions> configure, SocketServerOptions serverOptions)
    {
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options =>
            {
                configure(options);
                options.Refusal = refusal switch { "reset" => Refusal.Reset, "close" => Refusal.Close, _ => Refusal.Bytes("full"u8) };
            },
            serverOptions);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        for (int i = 0; i < 10; i++)
        {
            // It may be reset before it has seen that it is connected.
            await Peer.IsRefused(server.Listener);
        }

        Eventually.Equal(10, () => (int)server.Listener.Statistics.Refused.GetValueOrDefault(reason));
    }

    private Task<OneListener> Open(string scheme, string served, Action<ListenerOptions>? configure = null, Action<IChannel>? act = null)
    {
        void Configure(ListenerOptions options)
        {
            options.Packet = PacketType.Two;
            if (scheme == "ssl")
            {
                OneListener.Tls(options);
            }

            configure?.Invoke(options);
        }

        return served == "session"
            ? Transport.Open((session, closed) => act is null ? OneListener.Echo(session, closed) : Act(session, act, closed), Configure)
            : Transport.OpenPipeline(pipeline => pipeline.AddLast(act is null ? new EchoHandler() : new Actor(act)), Configure);
    }

    private static async Task Act(Session session, Action<IChannel> act, CancellationToken closed)
    {
        await session.ReceiveAsync(closed);
        act(session.Channel);
        await closed.Cancelled();
    }

    // A peer that ends too lets the close end at once.
    private static async Task End(Peer peer)
    {
        await peer.EndsInOrder();
        peer.Dispose();
    }

    /// <summary>A peer that was answered once and is in the middle of its next packet.</summary>
    private static async Task<Peer> Begun(OneListener server, string scheme)
    {
        Peer peer = await server.Connect(scheme);
        await peer.Send(WholeAndHalf);
        Assert.Equal(Whole, await peer.Receive(Whole.Length));
        return peer;
    }

    /// <summary>More than the system and the server keep for one who does not read.</summary>
    private static void SendMuch(IChannel channel)
    {
        const int Length = 60_000;
        for (int i = 0; i < 500; i++)
        {
            channel.Write(channel.Allocator.Buffer(Length).SetWriterIndex(Length));
            channel.Flush();
        }
    }

    private sealed class Actor(Action<IChannel> act) : SimpleChannelInboundHandler<DotNetty.Buffers.IByteBuffer>
    {
        protected override void ChannelRead0(IChannelHandlerContext context, DotNetty.Buffers.IByteBuffer message) => act(context.Channel);
    }

    public sealed class OnEpoll : ServerLeakTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : ServerLeakTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
