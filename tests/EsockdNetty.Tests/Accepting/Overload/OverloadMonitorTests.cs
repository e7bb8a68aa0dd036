using EsockdNetty.Accepting.Overload;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class OverloadMonitorTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeLoop _loop = new();
    private readonly FakeMemory _memory = new();
    private readonly ListLogger _log = new();
    private readonly OverloadOptions _options = new();
    private OverloadMonitor? _monitor;

    public void Dispose() => _monitor?.Dispose();

    [Fact]
    public void A_loop_that_lags_over_a_second_is_overload_after_three_more()
    {
        OverloadMonitor monitor = Start();
        Lag(1.1, seconds: 3);
        string? before = monitor.Reason;
        Lag(1.2, seconds: 1);

        Assert.Null(before);
        Assert.Equal("loop loop-1 lags 1.2 s, over 1.0 s for 3 s", monitor.Reason);
    }

    [Fact]
    public void A_second_without_lag_begins_the_three_anew()
    {
        OverloadMonitor monitor = Start();
        Lag(1.1, seconds: 3);
        Lag(1.0, seconds: 1);
        Lag(1.1, seconds: 3);

        Assert.Null(monitor.Reason);
    }

    [Fact]
    public void A_loop_that_does_not_turn_lags_too()
    {
        OverloadMonitor monitor = Start();
        for (int second = 1; second <= 5; second++)
        {
            _loop.CurrentRound = TimeSpan.FromSeconds(second);
            Pass(1);
        }

        Assert.Equal("loop loop-1 lags 5.0 s, over 1.0 s for 3 s", monitor.Reason);
    }

    [Fact]
    public void Memory_over_85_percent_is_overload_until_below_75()
    {
        OverloadMonitor monitor = Start();
        bool[] over = [.. new[] { 85.0, 86, 76, 74, 80 }.Select(used =>
        {
            _memory.Used = used;
            Pass(1);
            return monitor.Reason is not null;
        })];

        Assert.Equal([false, true, true, false, false], over);
    }

    [Fact]
    public void The_application_s_reason_is_overload_while_it_gives_one()
    {
        string? answer = "the database is down";
        _options.Reason = () => answer;
        OverloadMonitor monitor = Start();

        Pass(1);
        string? during = monitor.Reason;
        answer = null;
        Pass(1);

        Assert.Equal("the database is down", during);
        Assert.Null(monitor.Reason);
    }

    [Fact]
    public void An_application_s_function_that_throws_is_told_of_once_and_refuses_nobody()
    {
        Exception? fault = new InvalidOperationException("mine");
        _options.Reason = () => fault is null ? null : throw fault;
        OverloadMonitor monitor = Start();
        Pass(3);
        fault = null;
        Pass(1);
        fault = new NotSupportedException();
        Pass(2);

        Assert.Null(monitor.Reason);
        Assert.Equal([(LogLevel.Error, 222), (LogLevel.Error, 222)], _log.Lines.Select(static line => (line.Level, line.Id)));
    }

    [Fact]
    public void Says_once_that_overload_began_and_once_that_it_is_over()
    {
        Start();
        _memory.Used = 90;
        Pass(3);
        _memory.Used = 50;
        Pass(3);

        Assert.Equal([(LogLevel.Warning, 220), (LogLevel.Information, 221)], _log.Lines.Select(static line => (line.Level, line.Id)));
        Assert.All(_log.Lines, static line => Assert.Contains("memory in use is 90 MiB, 90.0 % of 100 MiB", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_null_is_not_judged()
    {
        _options.LoopLag = null;
        _options.MemoryHigh = null;
        OverloadMonitor monitor = Start();
        _memory.Used = 100;
        Lag(30, seconds: 10);

        Assert.Null(monitor.Reason);
    }

    [Fact]
    public void Other_options_hold_from_the_next_look_on()
    {
        OverloadMonitor monitor = Start();
        _memory.Used = 70;
        Pass(1);
        string? before = monitor.Reason;

        monitor.Change(new OverloadOptions { MemoryHigh = 0.6, MemoryLow = 0.5 });
        Pass(1);
        string? lowered = monitor.Reason;
        monitor.Change(new OverloadOptions { MemoryHigh = null });
        Pass(1);

        Assert.Null(before);
        Assert.Equal("memory in use is 70 MiB, 70.0 % of 100 MiB; over 60 % until below 50 %", lowered);
        Assert.Null(monitor.Reason);
    }

    [Fact]
    public void What_was_seen_before_a_change_counts_on()
    {
        OverloadMonitor monitor = Start();
        _memory.Used = 90;
        Lag(1.1, seconds: 3);
        _memory.Used = 80;

        monitor.Change(new OverloadOptions { Reason = static () => null });
        Lag(1.1, seconds: 1);
        string? reason = monitor.Reason;
        monitor.Change(new OverloadOptions { LoopLag = null });
        Pass(1);

        Assert.StartsWith("loop loop-1 lags", reason, StringComparison.Ordinal);
        Assert.StartsWith("memory in use is 80 MiB", monitor.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_the_lag_of_each_loop_after_each_look()
    {
        List<LoopLag> told = [];
        OverloadMonitor monitor = Start();
        monitor.Sampled = told.AddRange;
        _loop.Turn(0.3);
        _loop.Turn(0.2);
        Pass(2);

        Assert.Equal([new("loop-1", TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.3)), new("loop-1", default, default)], told);
        Assert.Equal([told[1]], monitor.LoopLags);
    }

    [Fact]
    public void A_look_of_which_telling_fails_judges_and_is_not_the_last()
    {
        int looks = 0;
        OverloadMonitor monitor = Start();
        monitor.Sampled = _ => throw new InvalidOperationException($"look {++looks}");
        _memory.Used = 90;
        Pass(3);

        Assert.Equal(3, looks);
        Assert.StartsWith("memory", monitor.Reason, StringComparison.Ordinal);
        Assert.Equal([220, 225, 225, 225], _log.Lines.Select(static line => line.Id));
    }

    [Fact]
    public void Disposed_in_the_middle_of_a_look_it_sees_no_overload()
    {
        OverloadMonitor? monitor = null;
        _options.Reason = () =>
        {
            monitor!.Dispose();
            return "too late";
        };
        monitor = Start();

        Pass(1);

        Assert.Null(monitor.Reason);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void All_are_asked_though_the_first_has_found_something()
    {
        OverloadMonitor monitor = Start();
        Lag(1.1, seconds: 4);
        _memory.Used = 90;
        Lag(1.1, seconds: 1);
        _memory.Used = 80;
        _loop.Turn(0);
        Pass(1);

        Assert.StartsWith("memory", monitor.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_it_closes_what_it_reads_the_memory_from()
    {
        OverloadMonitor monitor = Start();

        monitor.Dispose();

        Assert.True(_memory.IsDisposed);
    }

    [Fact]
    public void Disposed_it_looks_no_more_and_sees_no_overload()
    {
        int looks = 0;
        OverloadMonitor monitor = Start();
        monitor.Sampled = _ => looks++;
        _memory.Used = 90;
        Pass(1);

        monitor.Dispose();
        Pass(5);

        Assert.Null(monitor.Reason);
        Assert.Equal(1, looks);
    }

    private OverloadMonitor Start()
    {
        _monitor = new OverloadMonitor(_options, [_loop], _memory, _log, _time);
        _monitor.Start();
        return _monitor;
    }

    private void Lag(double round, int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            _loop.Turn(round);
            Pass(1);
        }
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
