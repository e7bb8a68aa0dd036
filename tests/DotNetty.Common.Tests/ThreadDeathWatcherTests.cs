using DotNetty.Common.Tests.Concurrency;

namespace DotNetty.Common.Tests;

public sealed class ThreadDeathWatcherTests
{
    private readonly ThreadDeathWatch _watch = new(TimeSpan.FromMilliseconds(5));
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    public ThreadDeathWatcherTests()
    {
        _thread = new Thread(() => _end.Wait(Within.Guard)) { IsBackground = true };
        _thread.Start();
    }

    [Fact]
    public async Task Runs_the_task_when_the_thread_has_ended()
    {
        var ran = new TaskCompletionSource<bool>();
        ThreadDeathWatcher.Watch(_thread, () => ran.SetResult(_thread.IsAlive));
        Assert.False(ran.Task.IsCompleted);

        _end.Set();

        Assert.False(await Within.Reached(ran.Task));
        Assert.True(ThreadDeathWatcher.AwaitInactivity(Within.Guard));
    }

    [Fact]
    public void Runs_nothing_for_a_thread_that_is_no_longer_watched()
    {
        bool ran = false;
        Action task = () => ran = true;
        _watch.Watch(_thread, task);

        _watch.Unwatch(_thread, task);
        _end.Set();

        Assert.True(_watch.AwaitInactivity(Within.Guard));
        Assert.False(ran);
    }

    [Fact]
    public void Is_active_while_a_thread_is_watched()
    {
        _watch.Watch(_thread, () => { });
        Assert.False(_watch.AwaitInactivity(TimeSpan.Zero));

        _end.Set();

        Assert.True(_watch.AwaitInactivity(Within.Guard));
    }

    [Fact]
    public async Task Watches_again_after_it_was_inactive()
    {
        _watch.Watch(_thread, () => { });
        _end.Set();
        Assert.True(_watch.AwaitInactivity(Within.Guard));
        var ran = new TaskCompletionSource<bool>();
        var end = new ManualResetEventSlim();
        var second = new Thread(() => end.Wait(Within.Guard)) { IsBackground = true };
        second.Start();

        _watch.Watch(second, () => ran.SetResult(true));
        end.Set();

        await Within.Reached(ran.Task);
    }

    [Fact]
    public async Task Runs_the_other_tasks_when_one_fails()
    {
        var ran = new TaskCompletionSource<bool>();
        _watch.Watch(_thread, () => throw new InvalidOperationException("meant"));
        _watch.Watch(_thread, () => ran.SetResult(true));

        _end.Set();

        await Within.Reached(ran.Task);
    }

    [Fact]
    public void Refuses_a_thread_that_does_not_run()
    {
        var thread = new Thread(() => { });

        Assert.Throws<ArgumentException>(() => ThreadDeathWatcher.Watch(thread, () => { }));
    }
}
