using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public sealed class IdleCloseHandlerTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(120);

    private readonly IdleCloseHandler _handler = new(Idle);
    private readonly EmbeddedChannel _channel;
    private readonly ConnectionLease _lease;

    public IdleCloseHandlerTests()
    {
        _channel = new EmbeddedChannel(_handler);
        _lease = ConnectionLease.Of(_channel);
    }

    [Fact]
    public void Closes_a_connection_that_never_sent_a_byte()
    {
        _channel.AdvanceTimeBy(Idle - TimeSpan.FromTicks(1));
        bool before = _channel.Open;
        _channel.AdvanceTimeBy(TimeSpan.FromTicks(1));

        Assert.True(before);
        Assert.False(_channel.Open);
        Assert.Equal(CloseReason.Idle, _lease.CloseReason);
    }

    [Fact]
    public void Counts_from_the_last_byte_received()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(100));
        Receive();
        _channel.AdvanceTimeBy(Idle - TimeSpan.FromTicks(1));
        bool before = _channel.Open;
        _channel.AdvanceTimeBy(TimeSpan.FromTicks(1));

        Assert.True(before);
        Assert.False(_channel.Open);
    }

    [Fact]
    public void Bytes_sent_do_not_keep_a_connection_alive()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(100));
        _channel.WriteOutbound(Unpooled.WrappedBuffer(new byte[1]));

        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(20));

        Assert.False(_channel.Open);
    }

    [Fact]
    public void A_shorter_time_holds_at_once()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(60));

        _handler.Idle = TimeSpan.FromSeconds(30);
        _channel.RunPendingTasks();

        Assert.False(_channel.Open);
    }

    [Fact]
    public void A_longer_time_holds_at_once()
    {
        _handler.Idle = TimeSpan.FromSeconds(200);
        _channel.RunPendingTasks();

        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(199));
        bool before = _channel.Open;
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.True(before);
        Assert.False(_channel.Open);
    }

    [Fact]
    public void Null_switches_it_off_and_a_time_on_again()
    {
        _handler.Idle = null;
        _channel.RunPendingTasks();
        _channel.AdvanceTimeBy(TimeSpan.FromHours(10));
        bool off = _channel.Open;

        _handler.Idle = Idle;
        _channel.RunPendingTasks();

        Assert.True(off);
        Assert.False(_channel.Open);
    }

    [Fact]
    public void Taken_out_it_closes_nothing()
    {
        _channel.Pipeline.Remove(_handler);

        _channel.AdvanceTimeBy(TimeSpan.FromHours(1));

        Assert.True(_channel.Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_a_time_that_is_none(int seconds)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdleCloseHandler(TimeSpan.FromSeconds(seconds)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _handler.Idle = TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Closes_silent_clients_on_real_sockets_and_serves_the_next(SocketTransport transport)
    {
        var counters = new ListenerCounters();
        TimeSpan idle = TimeSpan.FromMilliseconds(50);
        await using TestServer server = await TestServer.Start(
            transport,
            _ => { },
            pipeline => pipeline.AddLast(new ConnectionMeter(counters), new IdleCloseHandler(idle), new EchoHandler()));

        byte[]?[] silent = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SocketClient.ConnectAndReadToEnd(server.Address)));
        idle = TimeSpan.FromMinutes(1);

        Assert.All(silent, bytes => Assert.Equal(0, bytes?.Length));
        Assert.True(await SocketClient.IsServed(server.Address));
        Eventually.Equal((100, 0), () => (counters.Snapshot().Closed.GetValueOrDefault(CloseReason.Idle), counters.Current));
    }

    private void Receive()
    {
        _channel.WriteInbound(Unpooled.WrappedBuffer(new byte[1]));
        _channel.ReleaseInbound();
    }
}
