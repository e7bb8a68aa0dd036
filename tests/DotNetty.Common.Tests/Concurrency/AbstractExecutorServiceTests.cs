using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class AbstractExecutorServiceTests : IAsyncLifetime
{
    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task Submitted_functions_give_their_results()
    {
        Assert.Equal(1, await Within.Reached(_executor.SubmitAsync(() => 1)));
        Assert.Equal("s", await Within.Reached(_executor.SubmitAsync(state => state, "s")));
        Assert.Equal(("c", "s"), await Within.Reached(_executor.SubmitAsync((context, state) => (context, state), "c", "s")));
    }

    [Fact]
    public async Task A_submitted_function_that_throws_fails_its_task()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Within.Reached(_executor.SubmitAsync<int>(() => throw new InvalidOperationException("on purpose"))));

        Assert.Equal("on purpose", fault.Message);
    }

    [Fact]
    public async Task A_function_cancelled_before_its_turn_does_not_run()
    {
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        bool ran = false;
        Task<bool> blocked = _executor.SubmitAsync(() => release.Wait(Within.Guard));
        Task<bool> cancelled = _executor.SubmitAsync(() => ran = true, cancellation.Token);

        cancellation.Cancel();
        release.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Within.Reached(cancelled));
        Assert.True(await Within.Reached(blocked));
        Assert.False(ran);
    }

    [Fact]
    public async Task A_function_that_honours_its_token_is_cancelled_and_not_faulted()
    {
        using var cancellation = new CancellationTokenSource();
        Task<int> work = _executor.SubmitAsync(
            () =>
            {
                cancellation.Cancel();
                cancellation.Token.ThrowIfCancellationRequested();
                return 0;
            },
            cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Within.Reached(work));

        Assert.True(work.IsCanceled);
    }

    [Fact]
    public async Task A_token_cancelled_before_submits_nothing()
    {
        Task<int> work = _executor.SubmitAsync(() => 1, new CancellationToken(canceled: true));

        Assert.True(work.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }
}
