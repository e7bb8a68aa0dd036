using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class TaskExTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passes_a_result_on(bool linkedFirst)
    {
        var source = new TaskCompletionSource<int>();
        var target = new TaskCompletionSource<int>();

        Link(source, target, () => source.SetResult(7), linkedFirst);

        Assert.Equal(7, await target.Task.WaitAsync(Guard));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passes_a_failure_on_without_its_bundle(bool linkedFirst)
    {
        var source = new TaskCompletionSource<int>();
        var target = new TaskCompletionSource<int>();
        var failure = new InvalidOperationException();

        Link(source, target, () => source.SetException(failure), linkedFirst);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => target.Task.WaitAsync(Guard)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passes_a_cancellation_on(bool linkedFirst)
    {
        var source = new TaskCompletionSource<int>();
        var target = new TaskCompletionSource<int>();

        Link(source, target, source.SetCanceled, linkedFirst);

        await Assert.ThrowsAsync<TaskCanceledException>(() => target.Task.WaitAsync(Guard));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passes_the_outcome_of_a_task_without_result_on(bool linkedFirst)
    {
        var source = new System.Threading.Tasks.TaskCompletionSource();
        var done = new DotNetty.Common.Concurrency.TaskCompletionSource();
        var failure = new InvalidOperationException();

        if (linkedFirst)
            source.Task.LinkOutcome(done);
        source.SetException(failure);
        if (!linkedFirst)
            source.Task.LinkOutcome(done);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => done.Task.WaitAsync(Guard)));
    }

    [Fact]
    public void Unwraps_to_the_first_real_exception()
    {
        var failure = new InvalidOperationException();

        Assert.Same(failure, new AggregateException(new AggregateException(failure)).Unwrap());
        Assert.Same(failure, failure.Unwrap());
    }

    [Fact]
    public async Task Has_finished_tasks_at_hand()
    {
        Assert.Equal(0, await TaskEx.Completed);
        Assert.True(TaskEx.Cancelled.IsCanceled);
        Assert.True(await TaskEx.True);
        Assert.False(await TaskEx.False);
    }

    private static void Link(TaskCompletionSource<int> source, TaskCompletionSource<int> target, Action complete, bool linkedFirst)
    {
        if (linkedFirst)
            source.Task.LinkOutcome(target);
        complete();
        if (!linkedFirst)
            source.Task.LinkOutcome(target);
    }
}
