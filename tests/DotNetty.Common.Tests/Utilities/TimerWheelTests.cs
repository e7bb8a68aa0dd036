using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class TimerWheelTests
{
    private readonly HashedWheelTimer _timer = new();
    private readonly TimerWheel _wheel = new(8);

    [Fact]
    public void Gives_out_a_timeout_at_its_tick_and_not_before()
    {
        var timeout = Add(5);

        _wheel.TurnTo(4);
        Assert.Empty(TakeExpired());

        _wheel.TurnTo(5);
        Assert.Same(timeout, Assert.Single(TakeExpired()));
        Assert.True(timeout.Expired);
    }

    [Fact]
    public void Keeps_a_timeout_beyond_one_turn_for_its_own()
    {
        var timeout = Add(3 + (2 * 8));

        _wheel.TurnTo(3);
        _wheel.TurnTo(3 + 8);
        Assert.Empty(TakeExpired());

        _wheel.TurnTo(3 + (2 * 8));
        Assert.Same(timeout, Assert.Single(TakeExpired()));
    }

    [Fact]
    public void Skips_no_timeout_when_it_turns_far_at_once()
    {
        var timeouts = Enumerable.Range(0, 40).Select(tick => Add(tick)).ToHashSet();

        _wheel.TurnTo(1_000_000);

        Assert.True(timeouts.SetEquals(TakeExpired()));
        Assert.Equal(0, _wheel.Pending);
    }

    [Fact]
    public void Gives_out_earlier_ticks_first()
    {
        var second = Add(4);
        var first = Add(2);
        var third = Add(4);

        _wheel.TurnTo(5);

        Assert.Equal([first, second, third], TakeExpired());
    }

    [Fact]
    public void Lays_what_comes_too_late_onto_the_next_tick()
    {
        _wheel.TurnTo(20);
        var late = Add(17);

        _wheel.TurnTo(21);

        Assert.Same(late, Assert.Single(TakeExpired()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Forgets_the_cancelled_one_of_three_in_a_bucket(int cancelled)
    {
        WheelTimeout[] timeouts = [Add(6), Add(6), Add(6)];

        Assert.True(timeouts[cancelled].Bucket!.TryCancel(timeouts[cancelled]));
        _wheel.TurnTo(6);

        Assert.Equal(timeouts.Where((_, i) => i != cancelled), TakeExpired());
        Assert.True(timeouts[cancelled].Canceled);
        Assert.False(timeouts[cancelled].Expired);
    }

    [Fact]
    public void Cancels_neither_twice_nor_after_the_end()
    {
        var cancelled = Add(1);
        var expired = Add(1);
        cancelled.Bucket!.TryCancel(cancelled);
        _wheel.TurnTo(1);

        Assert.False(cancelled.Bucket.TryCancel(cancelled));
        Assert.False(expired.Bucket!.TryCancel(expired));
        Assert.False(expired.Canceled);
    }

    [Fact]
    public void Reserves_no_place_beyond_the_limit()
    {
        Assert.True(_wheel.TryReserve(2));
        Assert.True(_wheel.TryReserve(2));
        Assert.False(_wheel.TryReserve(2));

        _wheel.GiveBack();

        Assert.True(_wheel.TryReserve(2));
    }

    [Fact]
    public void Takes_nothing_more_when_it_is_closed()
    {
        var waiting = Add(100);

        Assert.Same(waiting, Assert.Single(_wheel.Close()));
        Assert.Throws<ObjectDisposedException>(() => Add(100));
    }

    private WheelTimeout Add(long tick)
    {
        _wheel.TryReserve(long.MaxValue);
        var timeout = new WheelTimeout(_timer, new ActionTimerTask(_ => { }));
        _wheel.Add(timeout, tick);
        return timeout;
    }

    private List<WheelTimeout> TakeExpired()
    {
        List<WheelTimeout> taken = [];
        while (_wheel.TryTakeExpired(out var timeout))
            taken.Add(timeout);
        return taken;
    }
}
