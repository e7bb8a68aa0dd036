#nullable disable
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels.Embedded;

/// <summary>A loop without a thread: work runs when a test says so, and its clock moves only by hand.</summary>
internal sealed class EmbeddedEventLoop : AbstractScheduledEventExecutor, IEventLoop
{
    private readonly Queue<IRunnable> _tasks = new();
    private readonly TaskCompletionSource _termination = new();

    // Not zero: time stamps of zero mean "never".
    private PreciseTimeSpan _now = PreciseTimeSpan.FromTimeSpan(TimeSpan.FromHours(1));

    public override PreciseTimeSpan Now => _now;

    public new IEventLoopGroup Parent => (IEventLoopGroup)base.Parent;

    public new IEnumerable<IEventLoop> Items => [this];

    public override bool IsShuttingDown => false;

    public override bool IsShutdown => false;

    public override bool IsTerminated => false;

    public override Task TerminationCompletion => _termination.Task;

    internal LoopBuffers Buffers { get; } = new();

    public new IEventLoop GetNext() => this;

    public Task RegisterAsync(IChannel channel) => channel.Unsafe.RegisterAsync(this);

    public override bool IsInEventLoop(Thread thread) => true;

    public override void Execute(IRunnable task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _tasks.Enqueue(task);
    }

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout) =>
        throw new NotSupportedException("An embedded loop has nothing to shut down.");

    /// <summary>Runs queued work until there is none.</summary>
    public void RunTasks()
    {
        while (_tasks.TryDequeue(out IRunnable task))
        {
            task.Run();
        }
    }

    /// <summary>Runs the timers that are due now.</summary>
    /// <returns>How long until the next one; −1 tick when there is none.</returns>
    public PreciseTimeSpan RunScheduledTasks()
    {
        while (PollScheduledTask(_now) is { } timer)
        {
            timer.Run();
            RunTasks();
        }

        return NextScheduledTaskNanos();
    }

    /// <summary>Moves the clock, stopping at every timer on the way so that each runs at its own time.</summary>
    public void AdvanceTimeBy(TimeSpan time)
    {
        PreciseTimeSpan target = _now + time;
        RunTasks();
        while (PeekScheduledTask() is { } next && next.Deadline <= target)
        {
            _now = next.Deadline > _now ? next.Deadline : _now;
            RunScheduledTasks();
        }

        _now = target;
        RunTasks();
    }

    internal new void CancelScheduledTasks() => base.CancelScheduledTasks();

    protected override IEnumerable<IEventExecutor> GetItems() => [this];
}
