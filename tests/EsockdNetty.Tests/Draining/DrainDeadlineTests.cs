using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections;
using EsockdNetty.Draining;

namespace EsockdNetty.Tests.Draining;

/// <summary>What becomes of connections that are busy to the end, and what a later demand changes.</summary>
public sealed class DrainDeadlineTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    private readonly Clinging _clinging = new();

    [Fact]
    public async Task A_busy_connection_is_closed_at_the_deadline_and_not_before()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy);

        drain.Advance(9_980);
        Assert.True(busy.Open);
        drain.Advance(20);

        Assert.Equal((false, CloseReason.Drained), (busy.Open, ReasonOf(busy)));
        await drain.Ended();
    }

    [Fact]
    public async Task One_that_does_not_end_is_reset_a_second_later()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy, _clinging);

        drain.Advance(10_000);
        Assert.Equal((1, true), (_clinging.Asked, busy.Open));
        drain.Advance(980);
        Assert.True(busy.Open);
        drain.Advance(20);

        Assert.Equal((1, false, CloseReason.Drained), (_clinging.Asked, busy.Open, ReasonOf(busy)));
        await drain.Ended();
    }

    [Fact]
    public async Task One_that_ends_in_order_within_the_second_is_all_that_was_waited_for()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy, _clinging);

        drain.Advance(10_000);
        Assert.False(drain.HasEnded);
        _clinging.LetGo();

        await drain.Ended();
        Assert.False(busy.Open);
    }

    [Fact]
    public async Task Without_time_all_are_stopped_at_once()
    {
        DrainByHand drain = Begin(TimeSpan.Zero, out EmbeddedChannel busy);

        Assert.Equal((false, CloseReason.Stopped), (busy.Open, ReasonOf(busy)));
        await drain.Ended();
    }

    [Fact]
    public async Task It_ends_with_the_last_connection()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy);

        drain.Advance(3_000);
        Assert.False(drain.HasEnded);
        await busy.CloseAsync();

        await drain.Ended();
        Assert.Equal(0, drain.Drained);
    }

    [Fact]
    public async Task Without_connections_it_ends_at_once()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten });

        drain.Begin();

        await drain.Ended();
    }

    [Fact]
    public async Task A_sooner_deadline_counts_from_the_demand()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy);

        drain.Advance(4_000);
        drain.Hasten(TimeSpan.FromSeconds(2));
        drain.Advance(1_980);
        Assert.True(busy.Open);
        drain.Advance(20);

        Assert.Equal((false, CloseReason.Drained), (busy.Open, ReasonOf(busy)));
        await drain.Ended();
    }

    [Theory]
    [InlineData(6_020)]
    [InlineData(60_000)]
    public void A_later_deadline_changes_nothing(int milliseconds)
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy);

        drain.Advance(4_000);
        drain.Hasten(TimeSpan.FromMilliseconds(milliseconds));
        drain.Advance(5_980);
        Assert.True(busy.Open);
        drain.Advance(20);

        Assert.Equal((false, CloseReason.Drained), (busy.Open, ReasonOf(busy)));
    }

    [Fact]
    public void Asked_for_all_at_once_it_stops_whoever_is_left()
    {
        DrainByHand drain = Begin(Ten, out EmbeddedChannel busy);

        drain.Advance(4_000);
        drain.Hasten(TimeSpan.Zero);
        drain.Advance(20);

        Assert.Equal((false, CloseReason.Stopped), (busy.Open, ReasonOf(busy)));
    }

    [Fact]
    public void A_sooner_deadline_is_the_pace_of_the_quiet_ones_too()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten * 10 });
        drain.Come(10);
        drain.Begin();
        drain.Advance(20);

        drain.Hasten(Ten);
        drain.Advance(820);

        Assert.Equal(2, drain.Drained);
    }

    private static DrainByHand Begin(TimeSpan timeout, out EmbeddedChannel busy, params IChannelHandler[] handlers)
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = timeout });
        busy = drain.ComeBusy(handlers);
        drain.Begin();
        return drain;
    }

    private static CloseReason? ReasonOf(IChannel channel) => ConnectionLease.Of(channel).CloseReason;

    /// <summary>Whose end waits for what was flushed and does not leave.</summary>
    private sealed class Clinging : ChannelHandlerAdapter
    {
        private IChannelHandlerContext _context = null!;

        public int Asked { get; private set; }

        public void LetGo() => _context.CloseAsync();

        public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

        public override Task CloseAsync(IChannelHandlerContext context)
        {
            Asked++;
            return Task.CompletedTask;
        }
    }
}
