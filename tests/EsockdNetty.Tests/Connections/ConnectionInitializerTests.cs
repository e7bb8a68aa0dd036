using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

/// <summary>The order of a connection's stages, from the network to the user's handlers.</summary>
public abstract class ConnectionInitializerTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_plain_one_has_its_stages_in_their_order()
    {
        await using OneListener server = await Open();
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        Assert.Equal("ConnectionMeter BufferBudgetHandler IdleCloseHandler SlowConsumerHandler MessageMeter CloseReasonHandler EchoHandler", await Stages(server));
    }

    [Fact]
    public async Task One_of_TLS_is_admitted_behind_its_handshake()
    {
        const string First = "ConnectionMeter BufferBudgetHandler TlsHandler HandshakeMeter IdleCloseHandler SlowConsumerHandler MessageMeter CloseReasonHandler";
        await using OneListener server = await Open(OneListener.Tls);
        using Peer peer = await server.Connect();
        Eventually.Equal(1L, () => server.Listener.Statistics.Pending);

        string pending = await Stages(server);
        await peer.Handshake();
        Assert.True(await peer.IsServed());

        Assert.Equal($"{First} AdmissionHandler", pending);
        Assert.Equal($"{First} EchoHandler", await Stages(server));
    }

    [Fact]
    public async Task One_of_packets_has_their_decoder_and_encoder()
    {
        await using OneListener server = await Open(static options => options.Packet = PacketType.One);
        using Peer peer = await server.Connect();
        await peer.Send(1, 7);
        Assert.Equal([1, 7], await peer.Receive(2));

        Assert.Equal("ConnectionMeter BufferBudgetHandler IdleCloseHandler SlowConsumerHandler PacketDecoder PacketEncoder CloseReasonHandler EchoHandler", await Stages(server));
    }

    [Fact]
    public async Task With_everything_switched_on_all_stand_in_their_order()
    {
        await using OneListener server = await Open(
            static options =>
            {
                OneListener.Tls(options);
                options.Packet = PacketType.One;
                options.Limits.Traffic.BytesPerConnection = new(PerSecond: 1_000_000);
                options.Limits.Traffic.MessagesPerConnection = new(PerSecond: 1_000);
            },
            new SocketServerOptions { Bans = { BadFraming = 1 } });
        using Peer peer = await server.ConnectTls();
        await peer.Send(1, 7);
        Assert.Equal([1, 7], await peer.Receive(2));

        Assert.Equal(
            "ConnectionMeter AbuseReporter TrafficLimitHandler BufferBudgetHandler TlsHandler HandshakeMeter IdleCloseHandler SlowConsumerHandler "
            + "PacketDecoder PacketEncoder MessageLimitHandler CloseReasonHandler EchoHandler",
            await Stages(server));
    }

    // The stage alone withholds reads; it takes a budget that is looked at to reset anybody.
    [Fact]
    public async Task Over_the_servers_budget_of_buffers_the_largest_holder_is_reset()
    {
        await using OneListener server = await Open(static options => options.Packet = PacketType.Four);
        server.Server.Parts.Budget.Bytes = 1;
        using Peer peer = await server.Connect();

        await peer.Send(0, 0, 1, 0, 1, 2, 3);

        Assert.False(await peer.EndsInOrder());
        Assert.Equal("BufferBudget 1", server.Endings(1));
    }

    private Task<OneListener> Open(Action<ListenerOptions>? configure = null, SocketServerOptions? server = null) =>
        Transport.OpenPipeline(static pipeline => pipeline.AddLast(new EchoHandler()), configure, server);

    private static Task<string> Stages(OneListener server)
    {
        IChannel channel = server.Listener.Connections.Single().Channel;
        return channel.EventLoop.SubmitAsync(() => string.Join(' ', channel.Pipeline.Select(static stage => stage.GetType().Name)));
    }

    public sealed class OnEpoll : ConnectionInitializerTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : ConnectionInitializerTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
