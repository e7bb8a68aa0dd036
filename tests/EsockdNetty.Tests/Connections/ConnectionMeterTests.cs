using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public sealed class ConnectionMeterTests
{
    private readonly ListenerCounters _counters = new();
    private readonly EmbeddedChannel _channel;

    public ConnectionMeterTests() => _channel = new EmbeddedChannel(new ConnectionMeter(_counters));

    [Fact]
    public async Task Opens_and_closes_the_account_of_a_connection()
    {
        long before = _counters.Current;

        await _channel.CloseAsync();

        Assert.Equal((1, 0), (before, _counters.Current));
    }

    [Fact]
    public async Task Adds_the_bytes_that_went_both_ways_at_the_close()
    {
        _channel.WriteInbound(Unpooled.WrappedBuffer(new byte[3]));
        _channel.WriteOutbound(Unpooled.WrappedBuffer(new byte[5]));

        await _channel.CloseAsync();

        ListenerStatistics statistics = _counters.Snapshot();
        Assert.Equal((3, 5), (statistics.BytesReceived, statistics.BytesSent));
    }

    [Fact]
    public async Task Counts_the_reason_that_was_given()
    {
        await _channel.CloseBecause(CloseReason.Idle);

        AssertClosed(CloseReason.Idle);
    }

    [Fact]
    public async Task A_close_without_reason_is_the_applications()
    {
        await _channel.CloseAsync();

        AssertClosed(CloseReason.Closed);
    }

    [Fact]
    public async Task A_close_after_the_peer_has_ended_is_the_peers()
    {
        _channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);

        await _channel.CloseAsync();

        AssertClosed(CloseReason.PeerClosed);
    }

    [Fact]
    public void A_connection_that_is_suddenly_gone_was_reset()
    {
        _channel.Unsafe.CloseForcibly();

        AssertClosed(CloseReason.Reset);
    }

    [Fact]
    public async Task A_socket_error_is_a_reset()
    {
        _channel.Pipeline.FireExceptionCaught(new SocketException((int)SocketError.ConnectionReset));

        await _channel.CloseAsync();

        AssertClosed(CloseReason.Reset);
    }

    [Fact]
    public async Task A_fault_of_the_pipeline_is_a_handler_fault()
    {
        _channel.Pipeline.FireExceptionCaught(new InvalidOperationException());

        await _channel.CloseAsync();

        AssertClosed(CloseReason.HandlerFault);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Counts_a_client_that_resets_on_a_real_socket(SocketTransport transport)
    {
        await using TestServer server = await Start(transport);
        SocketClient client = await SocketClient.Connect(server.Address);
        Assert.True(await client.IsServed());

        client.Reset();

        Eventually.Equal(CloseReason.Reset, () => _counters.Snapshot().Closed.Keys.SingleOrDefault((CloseReason)(-1)));
        Assert.Equal((1, 1), (_counters.Snapshot().BytesReceived, _counters.Snapshot().BytesSent));
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Counts_a_client_that_ends_on_a_real_socket(SocketTransport transport)
    {
        await using TestServer server = await Start(transport);
        using SocketClient client = await SocketClient.Connect(server.Address);
        Assert.True(await client.IsServed());

        client.ShutdownSend();

        Eventually.Equal(CloseReason.PeerClosed, () => _counters.Snapshot().Closed.Keys.SingleOrDefault((CloseReason)(-1)));
    }

    private Task<TestServer> Start(SocketTransport transport) => TestServer.Start(
        transport,
        _ => { },
        pipeline => pipeline.AddLast(new ConnectionMeter(_counters), new EchoHandler()));

    private void AssertClosed(CloseReason reason) => Assert.Equal(new Dictionary<CloseReason, long> { [reason] = 1 }, _counters.Snapshot().Closed);
}
