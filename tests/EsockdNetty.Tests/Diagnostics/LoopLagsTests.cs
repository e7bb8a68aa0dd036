using EsockdNetty.Accepting.Overload;
using EsockdNetty.Diagnostics;

namespace EsockdNetty.Tests.Diagnostics;

public sealed class LoopLagsTests
{
    private readonly List<TimeSpan> _seen = [];
    private readonly LoopLags _lags;

    public LoopLagsTests() => _lags = new LoopLags { Seen = _seen.Add };

    [Fact]
    public void The_longest_of_all_loops_is_what_counts()
    {
        _lags.Take([Lag("a", 20), Lag("b", 40), Lag("c", 30)]);

        Assert.Equal(TimeSpan.FromMilliseconds(40), _lags.Longest);
    }

    [Fact]
    public void A_loop_with_nothing_to_do_does_not_lag_and_is_not_told_of()
    {
        _lags.Take([Lag("a", 0)]);

        Assert.Equal(TimeSpan.Zero, _lags.Longest);
        Assert.Empty(_seen);
    }

    [Fact]
    public void What_was_longest_is_forgotten_after_five_samples()
    {
        _lags.Take([Lag("a", 2000)]);
        Take(4);
        TimeSpan remembered = _lags.Longest;

        Take(1);

        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.Zero), (remembered, _lags.Longest));
    }

    [Fact]
    public void Each_sample_tells_of_each_loop_that_turned()
    {
        _lags.Take([Lag("a", 1), Lag("b", 0)]);
        _lags.Take([Lag("a", 2), Lag("b", 3)]);

        Assert.Equal([1, 2, 3], _seen.Select(static lag => lag.TotalMilliseconds));
    }

    private static LoopLag Lag(string loop, int milliseconds) => new(loop, TimeSpan.Zero, TimeSpan.FromMilliseconds(milliseconds));

    private void Take(int samples)
    {
        for (int i = 0; i < samples; i++)
        {
            _lags.Take([Lag("a", 0)]);
        }
    }
}
