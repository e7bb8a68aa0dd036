using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class SingleThreadEventExecutorTimerTests : IAsyncLifetime
{
    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task Runs_timers_by_deadline_then_by_the_order_they_were_made()
    {
        var order = new List<string>();

        Task last = await Within.Reached(_executor.SubmitAsync(() =>
        {
            IScheduledTask late = _executor.Schedule(() => order.Add("late"), TimeSpan.FromMilliseconds(20));
            _executor.Schedule(() => order.Add("first"), TimeSpan.FromMilliseconds(10));
            _executor.Schedule(() => order.Add("second"), TimeSpan.FromMilliseconds(10));
            _executor.Schedule(() => order.Add("now"), TimeSpan.Zero);
            return late.Completion;
        }));
        await Within.Reached(last);

        Assert.Equal(["now", "first", "second", "late"], order);
    }

    [Fact]
    public async Task Never_runs_a_timer_before_its_deadline()
    {
        PreciseTimeSpan ranAt = default;
        IScheduledTask timer = _executor.Schedule(() => ranAt = _executor.Now, TimeSpan.FromMilliseconds(15));

        await Within.Reached(timer.Completion);

        Assert.True(ranAt >= timer.Deadline);
    }

    [Fact]
    public async Task A_busy_loop_does_not_delay_a_due_timer_beyond_one_look_at_the_clock()
    {
        const int TasksBetweenLooks = 64;
        bool ran = false;
        int afterDue = 0;
        IScheduledTask timer = _executor.Schedule(() => ran = true, TimeSpan.FromMilliseconds(20));

        _executor.Execute(Busy);
        await Within.Reached(timer.Completion);

        Assert.InRange(await Within.Reached(_executor.SubmitAsync(() => afterDue)), 0, TasksBetweenLooks);

        void Busy()
        {
            if (ran)
            {
                return;
            }

            if (PreciseTimeSpan.FromStart > timer.Deadline)
            {
                afterDue++;
            }

            _executor.Execute(Busy);
        }
    }

    [Fact]
    public async Task Waiting_for_a_timer_does_not_spin()
    {
        await Within.Reached(_executor.SubmitAsync(() => 0));
        long before = _executor.Rounds;

        for (int i = 1; i <= 10; i++)
        {
            await Within.Reached(_executor.ScheduleAsync(() => { }, TimeSpan.FromMilliseconds(1.5)));
        }

        // Setting it, waiting for it, running it: a loop that spun through the last fraction of a millisecond would turn thousands of times.
        Assert.InRange(_executor.Rounds - before, 1, 100);
    }

    [Fact]
    public async Task A_timer_that_sets_itself_for_now_does_not_starve_other_work()
    {
        bool stop = false;
        _ = _executor.Schedule(Again, TimeSpan.Zero);

        bool done = await Within.Reached(_executor.SubmitAsync(() => stop = true));

        Assert.True(done);

        void Again()
        {
            if (!stop)
            {
                _executor.Schedule(Again, TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public async Task A_timer_of_no_or_negative_delay_runs_in_the_next_turn()
    {
        await Within.Reached(_executor.Schedule(() => { }, TimeSpan.FromSeconds(-5)).Completion);
        await Within.Reached(_executor.ScheduleAsync(() => { }, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_delay_beyond_all_time_waits_for_ever()
    {
        IScheduledTask timer = _executor.Schedule(() => { }, TimeSpan.MaxValue);

        await Within.Reached(_executor.SubmitAsync(() => 0));

        Assert.False(timer.Completion.IsCompleted);
        Assert.True(timer.Cancel());
    }

    [Fact]
    public async Task Hands_each_overload_its_arguments()
    {
        var seen = new List<object?>();

        await Within.Reached(_executor.ScheduleAsync(state => seen.Add(state), "state", TimeSpan.Zero));
        await Within.Reached(_executor.ScheduleAsync((context, state) => seen.AddRange([context, state]), "context", "state 2", TimeSpan.Zero));
        await Within.Reached(_executor.Schedule(new Appends(seen), TimeSpan.Zero).Completion);

        Assert.Equal(["state", "context", "state 2", "runnable"], seen);
    }

    [Fact]
    public async Task A_cancelled_timer_never_runs_and_says_so_once()
    {
        bool ran = false;
        IScheduledTask timer = _executor.Schedule(() => ran = true, TimeSpan.FromMilliseconds(1));
        bool first = await Within.Reached(_executor.SubmitAsync(timer.Cancel));

        bool second = timer.Cancel();
        await Within.Reached(_executor.Schedule(() => { }, TimeSpan.FromMilliseconds(5)).Completion);

        // Where the timer was quicker than this test, both say no and it ran.
        Assert.Equal(first, !ran);
        Assert.False(second);
        Assert.Equal(first, timer.Completion.IsCanceled);
    }

    [Fact]
    public async Task A_timer_that_throws_fails_its_task_and_nothing_else()
    {
        Task failing = _executor.ScheduleAsync(() => throw new InvalidOperationException("on purpose"), TimeSpan.Zero);
        _ = _executor.Schedule(() => throw new InvalidOperationException("nobody asked"), TimeSpan.Zero);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Within.Reached(failing));

        Assert.Equal("on purpose", fault.Message);
        await Within.Reached(_executor.ScheduleAsync(() => { }, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_fault_is_told_also_to_who_asks_after_it()
    {
        IScheduledTask timer = _executor.Schedule(() => throw new InvalidOperationException("on purpose"), TimeSpan.Zero);
        await Within.Reached(_executor.Schedule(() => { }, TimeSpan.FromMilliseconds(1)).Completion);

        Task completion = timer.Completion;

        Assert.True(completion.IsFaulted);
    }

    [Fact]
    public async Task A_scheduled_task_can_be_awaited()
    {
        bool ran = false;

        await _executor.Schedule(() => ran = true, TimeSpan.Zero);

        Assert.True(ran);
    }

    [Fact]
    public async Task A_token_cancels_a_timer_and_is_named_in_its_task()
    {
        using var cancellation = new CancellationTokenSource();
        bool ran = false;
        Task timer = _executor.ScheduleAsync(() => ran = true, TimeSpan.FromHours(1), cancellation.Token);

        cancellation.Cancel();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Within.Reached(timer));
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_token_cancelled_before_makes_no_timer()
    {
        Task timer = _executor.ScheduleAsync(() => { }, TimeSpan.Zero, new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
    }

    [Fact]
    public async Task A_timer_that_ran_keeps_no_hold_on_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        var kept = new List<WeakReference>();
        for (int i = 0; i < 200; i++)
        {
            await Within.Reached(Scheduled(kept, cancellation.Token));
        }

        await Within.Reached(_executor.SubmitAsync(() => 0));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The last ones may still be seen by some register or frame; a registration that stays would keep every one.
        Assert.InRange(kept.Count(static reference => reference.IsAlive), 0, 20);
    }

    [Fact]
    public async Task Racing_a_cancel_with_the_run_has_one_winner()
    {
        for (int i = 0; i < 500; i++)
        {
            using var cancellation = new CancellationTokenSource();
            int ran = 0;
            Task timer = _executor.ScheduleAsync(() => ran++, TimeSpan.Zero, cancellation.Token);
            cancellation.Cancel();

            await Within.Reached(Task.WhenAny(timer));

            Assert.Equal(timer.IsCanceled ? 0 : 1, await Within.Reached(_executor.SubmitAsync(() => ran)));
        }
    }

    private Task Scheduled(List<WeakReference> kept, CancellationToken token)
    {
        var state = new object();
        kept.Add(new WeakReference(state));
        return _executor.ScheduleAsync(static _ => { }, state, TimeSpan.Zero, token);
    }

    private sealed class Appends(List<object?> seen) : IRunnable
    {
        public void Run() => seen.Add("runnable");
    }
}
