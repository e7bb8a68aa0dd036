using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class SingleThreadEventExecutorTests : IAsyncLifetime
{
    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task Runs_work_in_the_order_it_was_given()
    {
        var order = new List<int>();
        for (int i = 0; i < 1000; i++)
        {
            int number = i;
            _executor.Execute(() => order.Add(number));
        }

        await Within.Reached(_executor.SubmitAsync(() => 0));

        Assert.Equal(Enumerable.Range(0, 1000), order);
    }

    [Fact]
    public async Task Runs_all_work_on_one_thread_that_knows_itself()
    {
        Thread first = await Within.Reached(_executor.SubmitAsync(() => Thread.CurrentThread));
        Thread second = await Within.Reached(_executor.SubmitAsync(() => Thread.CurrentThread));

        Assert.Same(first, second);
        Assert.True(_executor.IsInEventLoop(first));
        Assert.False(_executor.InEventLoop);
        Assert.True(await Within.Reached(_executor.SubmitAsync(() => _executor.InEventLoop)));
    }

    [Fact]
    public async Task Is_the_current_executor_of_its_thread_alone()
    {
        IEventExecutor? current = await Within.Reached(_executor.SubmitAsync(() => ExecutionEnvironment.TryGetCurrentExecutor(out IEventExecutor executor) ? executor : null));

        Assert.Same(_executor, current);
        Assert.False(ExecutionEnvironment.TryGetCurrentExecutor(out _));
    }

    [Fact]
    public async Task Hands_each_overload_its_arguments()
    {
        var seen = new List<object?>();

        _executor.Execute(state => seen.Add(state), "state");
        _executor.Execute((context, state) => seen.AddRange([context, state]), "context", "state 2");

        await Within.Reached(_executor.SubmitAsync(() => 0));
        Assert.Equal(["state", "context", "state 2"], seen);
    }

    [Fact]
    public async Task Goes_on_after_work_that_throws()
    {
        _executor.Execute(() => throw new InvalidOperationException("on purpose"));

        int result = await Within.Reached(_executor.SubmitAsync(() => 7));

        Assert.Equal(7, result);
    }

    [Fact]
    public async Task Loses_nothing_that_many_threads_give_it_at_once()
    {
        const int Threads = 4;
        const int Each = 20_000;
        int ran = 0;

        await Within.Reached(Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                _executor.Execute(() => ran++);
            }
        }))));
        int result = await Within.Reached(_executor.SubmitAsync(() => ran));

        Assert.Equal(Threads * Each, result);
    }

    [Fact]
    public async Task Wakes_for_every_piece_of_work_given_to_it_while_it_sleeps()
    {
        for (int i = 0; i < 5000; i++)
        {
            await Within.Reached(_executor.SubmitAsync(() => 0));
        }

        Assert.True(_executor.Progress >= 5000);
    }

    [Fact]
    public async Task Tells_what_it_serves_and_for_how_long_while_it_does()
    {
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Task<bool> blocked = _executor.SubmitAsync(() =>
        {
            begun.Set();
            return release.Wait(Within.Guard);
        });
        begun.Wait(Within.Guard);
        object serving = _executor.Serving;
        bool running = SpinWait.SpinUntil(() => _executor.CurrentRound > TimeSpan.Zero, Within.Guard);
        release.Set();
        await Within.Reached(blocked);

        Assert.NotNull(serving);
        Assert.True(running);
        Assert.True(SpinWait.SpinUntil(() => _executor.CurrentRound == TimeSpan.Zero && _executor.Serving is null, Within.Guard));
        Assert.True(_executor.TakeLongestRound() > TimeSpan.Zero);
    }

    [Fact]
    public async Task Names_the_work_it_serves_by_its_method()
    {
        string? name = null;
        _executor.Execute(() => name = _executor.Serving?.ToString());
        string? timer = null;
        IScheduledTask scheduled = _executor.Schedule(() => timer = _executor.Serving?.ToString(), TimeSpan.Zero);
        await Within.Reached(scheduled.Completion);
        await Within.Reached(_executor.SubmitAsync(() => 0));

        Assert.StartsWith(nameof(SingleThreadEventExecutorTests), name, StringComparison.Ordinal);
        Assert.StartsWith(nameof(SingleThreadEventExecutorTests), timer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_its_rounds_and_its_backlog()
    {
        using var release = new ManualResetEventSlim();
        Task<bool> blocked = _executor.SubmitAsync(() => release.Wait(Within.Guard));
        Task<int> behind = _executor.SubmitAsync(() => 0);
        long rounds = _executor.Rounds;
        bool waiting = !_executor.IsBacklogEmpty && _executor.BacklogLength > 0;

        release.Set();
        await Within.Reached(Task.WhenAll(blocked, behind));
        await Within.Reached(_executor.SubmitAsync(() => 0));
        await Within.Reached(_executor.SubmitAsync(() => 0));

        Assert.True(waiting);
        Assert.True(_executor.Rounds > rounds);
        Assert.True(_executor.IsBacklogEmpty);
    }

    [Fact]
    public void Refuses_null_and_impossible_arguments()
    {
        Assert.Throws<ArgumentNullException>(() => _executor.Execute((IRunnable)null!));
        Assert.Throws<ArgumentNullException>(() => _executor.Execute((Action)null!));
        Assert.Throws<ArgumentNullException>(() => { _ = _executor.SubmitAsync((Func<int>)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = _executor.Schedule((Action)null!, TimeSpan.Zero); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SingleThreadEventExecutor("x", TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _executor.ShutdownGracefullyAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)); });
    }
}
