using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Draining;

namespace EsockdNetty.Tests.Draining;

/// <summary>When quiet connections are asked to end; ten of them, within ten seconds.</summary>
public sealed class DrainPaceTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 1)]
    [InlineData(780, 1)]
    [InlineData(820, 2)]
    [InlineData(4_020, 6)]
    [InlineData(7_180, 9)]
    [InlineData(7_220, 10)]
    public void Quiet_connections_end_one_after_the_other_over_80_percent_of_the_time(int milliseconds, int closed) =>
        Assert.Equal(closed, ClosedAfter(milliseconds, spread: null));

    [Theory]
    [InlineData(480, 1)]
    [InlineData(520, 2)]
    [InlineData(4_480, 9)]
    [InlineData(4_520, 10)]
    public void Or_over_as_much_as_was_asked_for(int milliseconds, int closed) =>
        Assert.Equal(closed, ClosedAfter(milliseconds, spread: Ten / 2));

    [Theory]
    [InlineData(980, 1)]
    [InlineData(1_020, 2)]
    [InlineData(8_980, 9)]
    [InlineData(9_020, 10)]
    public void But_not_over_more_than_the_time_there_is(int milliseconds, int closed) =>
        Assert.Equal(closed, ClosedAfter(milliseconds, spread: Ten * 2));

    [Fact]
    public void Or_all_at_once() =>
        Assert.Equal(10, ClosedAfter(0, spread: TimeSpan.Zero));

    [Fact]
    public void Those_that_waited_in_the_backlog_end_one_after_the_other_too()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten });
        drain.Come(10);
        drain.Begin();

        drain.Advance(820);

        Assert.Equal(2, drain.Closed);
    }

    [Fact]
    public void A_busy_connection_ends_when_it_is_quiet_and_keeps_nobody_waiting()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten });
        EmbeddedChannel busy = drain.ComeBusy();
        drain.Come(9);
        drain.Begin();

        drain.Advance(8_000);
        Assert.Equal((9, true), (drain.Drained, busy.Open));
        busy.WriteInbound(Unpooled.WrappedBuffer([0]));
        drain.Advance(40);

        Assert.Equal(10, drain.Drained);
        busy.ReleaseInbound();
    }

    [Fact]
    public void One_that_has_no_loop_yet_takes_nobodys_turn_and_ends_when_it_has_one()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten });
        EmbeddedChannel late = drain.ComeUnregistered();
        drain.Come(9);
        drain.Begin();

        drain.Advance(20);
        Assert.Equal(1, drain.Drained);
        drain.Advance(8_000);
        Assert.Equal((9, true), (drain.Drained, late.Open));
        late.Register();
        drain.Advance(20);

        Assert.Equal(10, drain.Drained);
    }

    [Fact]
    public async Task Whoever_leaves_by_himself_makes_the_others_neither_sooner_nor_later()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten });
        EmbeddedChannel[] leaving = [drain.ComeBusy(), drain.ComeBusy(), drain.ComeBusy(), drain.ComeBusy(), drain.ComeBusy()];
        drain.Come(5);
        drain.Begin();

        await Task.WhenAll(leaving.Select(static channel => channel.CloseAsync()));
        drain.Advance(820);

        Assert.Equal((7, 2), (drain.Closed, drain.Drained));
    }

    private static int ClosedAfter(int milliseconds, TimeSpan? spread)
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten, Spread = spread });
        drain.Come(10);
        drain.Begin();

        drain.Advance(milliseconds);

        Assert.Equal(drain.Closed, drain.Drained);
        return drain.Closed;
    }
}
