using EsockdNetty.Diagnostics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Diagnostics;

public sealed class LoopLagsTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly List<TimeSpan> _seen = [];
    private readonly LoopLags _lags;
    private long _rounds;
    private TimeSpan _lastRound;
    private bool _hasWork;

    public LoopLagsTests() => _lags = new LoopLags([new LoopProbe(() => _rounds, () => _lastRound, () => _hasWork)], _time) { Seen = _seen.Add };

    [Fact]
    public void A_loop_that_turned_lags_as_long_as_its_last_round_took()
    {
        Turn(TimeSpan.FromMilliseconds(40));
        _time.Advance(Second);

        Assert.Equal(TimeSpan.FromMilliseconds(40), _lags.Longest);
    }

    [Fact]
    public void A_loop_that_stands_still_with_work_to_do_lags_since_it_was_seen_to_turn()
    {
        Turn(TimeSpan.FromMilliseconds(1));
        _time.Advance(Second);
        _hasWork = true;

        _time.Advance(3 * Second);

        Assert.Equal(3 * Second, _lags.Longest);
    }

    [Fact]
    public void A_loop_with_nothing_to_do_does_not_lag_and_is_not_told_of()
    {
        _lastRound = Second;
        _time.Advance(3 * Second);

        Assert.Equal(TimeSpan.Zero, _lags.Longest);
        Assert.Empty(_seen);
    }

    [Fact]
    public void What_was_longest_is_forgotten_after_five_seconds()
    {
        Turn(2 * Second);
        _time.Advance(5 * Second);
        TimeSpan remembered = _lags.Longest;

        _time.Advance(Second);

        Assert.Equal((2 * Second, TimeSpan.Zero), (remembered, _lags.Longest));
    }

    [Fact]
    public void Each_look_tells_of_each_loop_that_turned()
    {
        Turn(TimeSpan.FromMilliseconds(1));
        _time.Advance(Second);
        Turn(TimeSpan.FromMilliseconds(2));
        _time.Advance(Second);

        Assert.Equal([TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)], _seen);
    }

    [Fact]
    public void Nothing_is_looked_at_after_the_end()
    {
        _lags.Dispose();
        Turn(Second);
        _time.Advance(Second);

        Assert.Empty(_seen);
    }

    public void Dispose() => _lags.Dispose();

    private void Turn(TimeSpan took)
    {
        _rounds++;
        _lastRound = took;
    }
}
