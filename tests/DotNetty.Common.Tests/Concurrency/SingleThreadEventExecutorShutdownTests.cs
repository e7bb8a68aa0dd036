using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class SingleThreadEventExecutorShutdownTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FarAway = TimeSpan.FromSeconds(30);

    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    [Fact]
    public async Task A_quiet_period_ends_the_loop_long_before_the_timeout()
    {
        await Within.Reached(_executor.SubmitAsync(() => 0));

        await Within.Reached(_executor.ShutdownGracefullyAsync(Quiet, FarAway));

        Assert.True(_executor.IsTerminated);
    }

    [Fact]
    public async Task Work_during_the_quiet_period_is_run_and_begins_it_anew()
    {
        Task termination = _executor.ShutdownGracefullyAsync(Quiet, FarAway);

        bool ran = await Within.Reached(_executor.SubmitAsync(() => true));

        Assert.True(ran);
        await Within.Reached(termination);
    }

    [Fact]
    public async Task Work_that_never_ends_does_not_keep_the_loop_beyond_the_timeout()
    {
        _executor.Execute(Again);

        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));

        Assert.True(_executor.IsTerminated);

        void Again() => _executor.Execute(Again);
    }

    [Fact]
    public async Task A_timeout_beyond_all_time_is_no_timeout_of_zero()
    {
        Task termination = _executor.ShutdownGracefullyAsync(TimeSpan.MaxValue, TimeSpan.MaxValue);

        int result = await Within.Reached(_executor.SubmitAsync(() => 1));
        int second = await Within.Reached(_executor.SubmitAsync(() => 2));

        Assert.Equal((1, 2), (result, second));
        Assert.False(termination.IsCompleted);
    }

    [Fact]
    public async Task Work_accepted_before_the_shutdown_is_run()
    {
        int ran = 0;
        for (int i = 0; i < 10_000; i++)
        {
            _executor.Execute(() => ran++);
        }

        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.Zero));

        Assert.Equal(10_000, ran);
    }

    [Fact]
    public async Task Work_after_the_end_is_refused_and_not_silently_lost()
    {
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        Assert.Throws<RejectedExecutionException>(() => _executor.Execute(() => { }));
        Assert.Throws<RejectedExecutionException>(() => { _ = _executor.SubmitAsync(() => 0); });
        Assert.Throws<RejectedExecutionException>(() => { _ = _executor.ScheduleAsync(() => { }, TimeSpan.Zero); });
    }

    [Fact]
    public async Task Work_that_races_with_the_end_is_run_or_refused()
    {
        for (int round = 0; round < 50; round++)
        {
            var executor = new SingleThreadEventExecutor("executor", TimeSpan.FromMilliseconds(1));
            int accepted = 0;
            int ran = 0;
            Task[] producers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        executor.Execute(() => ran++);
                        Interlocked.Increment(ref accepted);
                    }
                }
                catch (RejectedExecutionException)
                {
                }
            })).ToArray();

            await Within.Reached(executor.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromMilliseconds(2)));
            await Within.Reached(Task.WhenAll(producers));

            Assert.Equal(accepted, ran);
        }
    }

    [Fact]
    public async Task Ends_also_when_it_never_began()
    {
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        Assert.True(_executor.IsShuttingDown);
        Assert.True(_executor.IsShutdown);
        Assert.True(_executor.IsTerminated);
    }

    [Fact]
    public async Task Can_be_asked_to_end_many_times_and_from_within()
    {
        Task inner = await Within.Reached(_executor.SubmitAsync(() => _executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard)));
        Task outer = _executor.ShutdownGracefullyAsync();

        await Within.Reached(Task.WhenAll(inner, outer));

        Assert.Same(_executor.TerminationCompletion, outer);
    }

    [Fact]
    public async Task Timers_that_are_not_due_are_cancelled()
    {
        Task timer = _executor.ScheduleAsync(() => { }, TimeSpan.FromHours(1));

        await Within.Reached(_executor.ShutdownGracefullyAsync(Quiet, FarAway));

        Assert.True(timer.IsCanceled);
    }

    [Fact]
    public async Task Hooks_run_once_on_the_executor_unless_taken_back()
    {
        var ran = new List<string>();
        _executor.AddShutdownHook(() => ran.Add(_executor.InEventLoop ? "on the executor" : "elsewhere"));
        Action unwanted = () => ran.Add("unwanted");
        _executor.AddShutdownHook(unwanted);
        _executor.RemoveShutdownHook(unwanted);

        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        Assert.Equal(["on the executor"], ran);
    }

    [Fact]
    public async Task An_await_that_outlives_its_executor_resumes_elsewhere()
    {
        var gate = new TaskCompletionSource<int>();
        Task<bool> outliving = await Within.Reached(_executor.SubmitAsync(async () =>
        {
            await gate.Task;
            return _executor.InEventLoop;
        }));
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        gate.SetResult(0);

        Assert.False(await Within.Reached(outliving));
    }

    [Fact]
    public async Task Who_awaits_the_end_does_not_resume_on_the_thread_that_ends()
    {
        await _executor.TerminationCompletionAfter(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        Assert.False(_executor.InEventLoop);
    }
}

file static class Awaiting
{
    public static async Task TerminationCompletionAfter(this SingleThreadEventExecutor executor, Task shutdown)
    {
        await shutdown.ConfigureAwait(false);
        await executor.TerminationCompletion.ConfigureAwait(false);
    }
}
