using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class ExecutorTaskSchedulerTests : IAsyncLifetime
{
    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task Continuations_of_a_handler_run_on_the_loop()
    {
        var gate = new TaskCompletionSource<int>();
        Task<bool> continuation = await Within.Reached(_executor.SubmitAsync(() => gate.Task.ContinueWith(_ => _executor.InEventLoop)));

        gate.SetResult(0);

        Assert.True(await Within.Reached(continuation));
    }

    [Fact]
    public async Task Tasks_that_a_handler_starts_run_on_the_loop()
    {
        Task<bool> started = await Within.Reached(_executor.SubmitAsync(() => Task.Factory.StartNew(() => _executor.InEventLoop)));

        Assert.True(await Within.Reached(started));
    }

    [Fact]
    public async Task Awaits_of_a_handler_resume_on_the_loop()
    {
        bool before = false;
        bool after = false;

        await Within.Reached(await Within.Reached(_executor.SubmitAsync(async () =>
        {
            before = _executor.InEventLoop;
            await Task.Run(() => { });
            after = _executor.InEventLoop;
        })));

        Assert.True(before && after);
    }

    [Fact]
    public async Task Awaits_of_a_timer_resume_on_the_loop()
    {
        var after = new TaskCompletionSource<bool>();

        _ = _executor.Schedule(() => _ = Wait(), TimeSpan.Zero);

        Assert.True(await Within.Reached(after.Task));

        async Task Wait()
        {
            await Task.Yield();
            after.SetResult(_executor.InEventLoop);
        }
    }

    [Fact]
    public async Task Tasks_given_to_its_scheduler_from_elsewhere_run_on_the_loop()
    {
        Task<bool> task = Task.Factory.StartNew(() => _executor.InEventLoop, CancellationToken.None, TaskCreationOptions.None, _executor.Scheduler);

        Assert.True(await Within.Reached(task));
    }

    [Fact]
    public async Task Waiting_on_the_loop_for_its_own_work_throws_instead_of_hanging()
    {
        Exception fault = await Within.Reached(_executor.SubmitAsync(() =>
        {
            Task own = Task.Factory.StartNew(() => { });
            return Record.Exception(() => own.Wait());
        }));

        Assert.IsType<InvalidOperationException>(fault.GetBaseException());
    }

    [Fact]
    public async Task A_continuation_that_outlives_its_executor_runs_elsewhere()
    {
        var gate = new TaskCompletionSource<int>();
        Task<bool> continuation = await Within.Reached(_executor.SubmitAsync(() => gate.Task.ContinueWith(_ => _executor.InEventLoop)));
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        gate.SetResult(0);

        Assert.False(await Within.Reached(continuation));
    }

    [Fact]
    public async Task Sending_synchronously_to_a_loop_is_refused_off_it_and_plain_on_it()
    {
        SynchronizationContext context = await Within.Reached(_executor.SubmitAsync(() => SynchronizationContext.Current!));
        bool ran = false;

        await Within.Reached(_executor.SubmitAsync(() =>
        {
            context.Send(_ => ran = true, null);
            return 0;
        }));

        Assert.True(ran);
        Assert.Throws<NotSupportedException>(() => context.Send(_ => { }, null));
    }
}
