using EsockdNetty.Accepting.Overload;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class LoopWatchTests
{
    private readonly FakeLoop _loop = new();
    private readonly ListLogger _log = new();
    private readonly LoopWatch _watch;

    public LoopWatchTests() => _watch = new LoopWatch(_loop, _log);

    [Fact]
    public void Tells_the_last_round_and_the_longest_since_the_sample_before()
    {
        _loop.Turn(0.5);
        _loop.Turn(0.1);

        Assert.Equal(Lag(0.1, 0.5), _watch.Sample());
        _loop.Turn(0.2);
        Assert.Equal(Lag(0.2, 0.2), _watch.Sample());
    }

    [Fact]
    public void A_loop_that_waits_for_work_does_not_lag_however_long_its_last_round_took()
    {
        _loop.Turn(5);
        _watch.Sample();

        Assert.Equal(Lag(0, 0), _watch.Sample());
    }

    [Fact]
    public void A_round_that_does_not_end_counts_as_long_as_it_has_taken()
    {
        _loop.Turn(0.1);
        _loop.CurrentRound = TimeSpan.FromSeconds(4);

        Assert.Equal(Lag(4, 4), _watch.Sample());
    }

    [Fact]
    public void A_round_that_has_only_begun_does_not_hide_a_long_one_before_it()
    {
        _loop.Turn(1.5);
        _watch.Sample();
        _loop.CurrentRound = TimeSpan.FromSeconds(0.2);

        Assert.Equal(TimeSpan.FromSeconds(1.5), _watch.Sample().Longest);
    }

    [Fact]
    public void Warns_once_of_a_loop_that_stands_still_and_says_what_it_serves()
    {
        for (int second = 1; second <= 5; second++)
        {
            _loop.CurrentRound = TimeSpan.FromSeconds(second);
            _watch.Sample();
        }

        (LogLevel level, int id, string text) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Warning, 223), (level, id));
        Assert.Contains("Loop loop-1 has not turned for 1.0 s", text, StringComparison.Ordinal);
        Assert.Contains("listener echo with EchoHandler", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_it_turns_again_and_warns_of_the_next_time()
    {
        Stall();
        _loop.Turn(3);
        _watch.Sample();
        Stall();

        Assert.Equal([223, 224, 223], _log.Lines.Select(static line => line.Id));
    }

    [Fact]
    public void Looks_at_the_work_of_no_loop_that_turns()
    {
        _loop.Turn(30);
        _watch.Sample();
        _loop.CurrentRound = TimeSpan.FromSeconds(0.99);
        _watch.Sample();

        Assert.Equal(0, _loop.Described);
        Assert.Empty(_log.Lines);
    }

    private static LoopLag Lag(double last, double longest) => new("loop-1", TimeSpan.FromSeconds(last), TimeSpan.FromSeconds(longest));

    private void Stall()
    {
        _loop.CurrentRound = TimeSpan.FromSeconds(1);
        _watch.Sample();
    }
}
