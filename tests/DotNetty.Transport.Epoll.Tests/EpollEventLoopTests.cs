using System.Collections.Concurrent;
using DotNetty.Common;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Epoll.Tests;

public sealed class EpollEventLoopTests : IAsyncLifetime
{
    private readonly EpollEventLoop _loop = new();
    private readonly EpollEventLoop _other = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(Task.WhenAll(
        _loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard), _other.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard)));

    [Fact]
    public async Task Timers_run_by_deadline_and_none_before_it()
    {
        var early = new ConcurrentQueue<int>();
        var order = new ConcurrentQueue<int>();
        Task[] timers = await Within.Reached(_loop.SubmitAsync(() => new[] { 30, 10, 20 }.Select(Note).ToArray()));

        await Within.Reached(Task.WhenAll(timers));

        Assert.Equal([10, 20, 30], order);
        Assert.Empty(early);

        Task Note(int milliseconds)
        {
            TimeSpan delay = TimeSpan.FromMilliseconds(milliseconds);
            PreciseTimeSpan deadline = _loop.Now + delay;
            return _loop.ScheduleAsync(
                () =>
                {
                    order.Enqueue(milliseconds);
                    if (_loop.Now < deadline)
                    {
                        early.Enqueue(milliseconds);
                    }
                },
                delay);
        }
    }

    [Fact]
    public async Task An_alarm_for_a_timer_that_was_cancelled_lets_no_other_run_before_its_time()
    {
        TimeSpan delay = TimeSpan.FromMilliseconds(40);
        IScheduledTask sooner = _loop.Schedule(static () => { }, TimeSpan.FromMilliseconds(5));
        await Within.Reached(_loop.SubmitAsync(() => sooner.Cancel()));
        PreciseTimeSpan deadline = PreciseTimeSpan.Deadline(delay);
        var ran = new TaskCompletionSource<PreciseTimeSpan>();
        _ = _loop.Schedule(() => ran.SetResult(PreciseTimeSpan.FromStart), delay);

        PreciseTimeSpan when = await Within.Reached(ran.Task);

        Assert.True(when >= deadline);
    }

    [Fact]
    public async Task A_loop_that_an_alarm_wakes_too_early_sleeps_on()
    {
        IScheduledTask sooner = _loop.Schedule(static () => { }, TimeSpan.FromMilliseconds(60));

        // Asked for by another loop's time: this one waits for its alarm by then.
        await Within.Reached(_other.ScheduleAsync(static () => { }, TimeSpan.FromMilliseconds(20)));
        var ran = new TaskCompletionSource<long>();
        long setIn = await Within.Reached(_loop.SubmitAsync(() =>
        {
            sooner.Cancel();
            _ = _loop.Schedule(() => ran.SetResult(_loop.Rounds), TimeSpan.FromMilliseconds(120));
            return _loop.Rounds;
        }));

        long ranIn = await Within.Reached(ran.Task);

        Assert.Equal(setIn + 1, ranIn);
    }

    [Fact]
    public async Task Work_wakes_a_loop_that_waits_for_nothing_else_each_time()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(i, await Within.Reached(_loop.SubmitAsync(() => i)));
        }
    }
}
