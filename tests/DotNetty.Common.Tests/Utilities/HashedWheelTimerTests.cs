using DotNetty.Common.Concurrency;
using DotNetty.Common.Tests.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class HashedWheelTimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly HandDrivenClock _clock = new();
    private readonly HashedWheelTimer _timer;

    public HashedWheelTimerTests() => _timer = new HashedWheelTimer(_clock, Tick, 16, 3);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_timer.StopAsync());

    [Fact]
    public async Task Runs_a_task_when_its_time_has_come()
    {
        var ran = new TaskCompletionSource<ITimeout>();
        var timeout = _timer.NewTimeout(new ActionTimerTask(ran.SetResult), Tick * 5);
        Assert.False(timeout.Expired);

        Advance(Tick * 5);

        Assert.Same(timeout, await Within.Reached(ran.Task));
        Assert.True(timeout.Expired);
        Assert.Same(_timer, timeout.Timer);
        Assert.Equal(0, _timer.Pending);
    }

    [Fact]
    public async Task Runs_nothing_before_its_time()
    {
        var order = new List<string>();
        var ran = new TaskCompletionSource<ITimeout>();
        var early = _timer.NewTimeout(new ActionTimerTask(_ => order.Add("early")), Tick * 4.5);
        _timer.NewTimeout(new ActionTimerTask(ran.SetResult), Tick * 4);

        Advance(Tick * 4.9);
        await Within.Reached(ran.Task);

        Assert.False(early.Expired);
        Assert.Empty(order);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1000)]
    public async Task Runs_what_has_no_delay_at_the_next_tick(int milliseconds)
    {
        var ran = new TaskCompletionSource<ITimeout>();
        Advance(Tick / 2);
        _timer.NewTimeout(new ActionTimerTask(ran.SetResult), TimeSpan.FromMilliseconds(milliseconds));

        Advance(Tick / 2);

        await Within.Reached(ran.Task);
    }

    [Fact]
    public void Takes_a_delay_longer_than_its_clock_can_count()
    {
        _clock.Advance(TimeSpan.FromDays(1000));

        var timeout = _timer.NewTimeout(new ActionTimerTask(_ => { }), TimeSpan.MaxValue);

        Assert.False(timeout.Expired);
        Assert.True(timeout.Cancel());
    }

    [Fact]
    public async Task Never_runs_what_was_cancelled()
    {
        bool wrong = false;
        var ran = new TaskCompletionSource<ITimeout>();
        var timeout = _timer.NewTimeout(new ActionTimerTask(_ => wrong = true), Tick);
        _timer.NewTimeout(new ActionTimerTask(ran.SetResult), Tick);

        Assert.True(timeout.Cancel());
        Assert.False(timeout.Cancel());
        Advance(Tick);
        await Within.Reached(ran.Task);

        Assert.True(timeout.Canceled);
        Assert.False(wrong);
    }

    [Fact]
    public void Refuses_more_than_may_be_pending_until_one_is_cancelled()
    {
        var first = NewTimeout();
        NewTimeout();
        NewTimeout();
        Assert.Throws<RejectedExecutionException>(NewTimeout);

        first.Cancel();

        NewTimeout();
        Assert.Equal(3, _timer.Pending);
    }

    [Fact]
    public async Task Goes_on_when_a_task_fails()
    {
        var ran = new TaskCompletionSource<ITimeout>();
        _timer.NewTimeout(new ActionTimerTask(_ => throw new InvalidOperationException("meant")), Tick);
        _timer.NewTimeout(new ActionTimerTask(ran.SetResult), Tick * 2);

        Advance(Tick * 2);

        await Within.Reached(ran.Task);
    }

    [Fact]
    public async Task Sets_a_timeout_from_its_own_task()
    {
        var ran = new TaskCompletionSource<ITimeout>();
        var set = new System.Threading.Tasks.TaskCompletionSource();
        _timer.NewTimeout(
            new ActionTimerTask(_ =>
            {
                _timer.NewTimeout(new ActionTimerTask(ran.SetResult), Tick);
                set.SetResult();
            }),
            Tick);

        Advance(Tick);
        await Within.Reached(set.Task);
        Advance(Tick);

        await Within.Reached(ran.Task);
    }

    [Fact]
    public async Task Gives_back_what_was_left_when_it_is_stopped()
    {
        var left = NewTimeout();
        NewTimeout().Cancel();

        var unprocessed = await Within.Reached(_timer.StopAsync());

        Assert.Same(left, Assert.Single(unprocessed));
        Assert.False(left.Expired);
        Assert.True(left.Cancel());
        Assert.Empty(await Within.Reached(_timer.StopAsync()));
    }

    [Fact]
    public async Task Can_be_stopped_by_its_own_task()
    {
        var stopping = new TaskCompletionSource<Task<ISet<ITimeout>>>();
        var left = NewTimeout();
        _timer.NewTimeout(new ActionTimerTask(_ => stopping.SetResult(_timer.StopAsync())), Tick);

        Advance(Tick);

        Assert.Same(left, Assert.Single(await Within.Reached(await Within.Reached(stopping.Task))));
    }

    [Fact]
    public async Task Stops_without_having_been_started()
    {
        Assert.Empty(await Within.Reached(_timer.StopAsync()));
    }

    [Fact]
    public async Task Takes_nothing_more_when_it_was_stopped()
    {
        _timer.Start();
        await Within.Reached(_timer.StopAsync());

        Assert.Throws<RejectedExecutionException>(NewTimeout);
        Assert.Throws<InvalidOperationException>(_timer.Start);
    }

    [Fact]
    public async Task Wakes_by_the_clock_of_the_system()
    {
        var timer = new HashedWheelTimer(TimeSpan.FromMilliseconds(1), 4, 0);
        var ran = new TaskCompletionSource<ITimeout>();

        timer.NewTimeout(new ActionTimerTask(ran.SetResult), TimeSpan.FromMilliseconds(20));

        await Within.Reached(ran.Task);
        await Within.Reached(timer.StopAsync());
    }

    [Fact]
    public async Task Loses_none_of_many_from_many_threads()
    {
        var timer = new HashedWheelTimer(TimeSpan.FromMilliseconds(1), 8, 0);
        int ran = 0, cancelled = 0;

        await Within.Reached(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                var timeout = timer.NewTimeout(new ActionTimerTask(_ => Interlocked.Increment(ref ran)), TimeSpan.FromMilliseconds(i % 20));
                if (i % 2 == 0 && timeout.Cancel())
                    Interlocked.Increment(ref cancelled);
            }
        }))));

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ran) + cancelled == 20_000, Within.Guard), $"{ran} ran, {cancelled} were cancelled");
        Assert.Equal(0, timer.Pending);
        Assert.Empty(await Within.Reached(timer.StopAsync()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, (1 << 30) + 1)]
    public void Refuses_to_be_made_without_ticks(int milliseconds, int ticksPerWheel)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashedWheelTimer(TimeSpan.FromMilliseconds(milliseconds), ticksPerWheel, 0));
    }

    private ITimeout NewTimeout() => _timer.NewTimeout(new ActionTimerTask(_ => { }), TimeSpan.FromHours(1));

    private void Advance(TimeSpan by)
    {
        _clock.Advance(by);
        _timer.Wake();
    }
}
