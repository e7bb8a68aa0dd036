using DotNetty.Common;
using DotNetty.Common.Concurrency;
using TaskCompletionSource = System.Threading.Tasks.TaskCompletionSource;

namespace EsockdNetty.Tests.Support;

/// <summary>A loop whose clock goes on while it does nothing: its timers run when a test says so, late or not.</summary>
internal sealed class LateLoop : AbstractScheduledEventExecutor
{
    private readonly TaskCompletionSource _termination = new();
    private PreciseTimeSpan _now = PreciseTimeSpan.FromTimeSpan(TimeSpan.FromHours(1));

    public override PreciseTimeSpan Now => _now;

    /// <summary>Timers that wait.</summary>
    public int Timers => ScheduledTaskQueue.Count;

    public override bool IsShuttingDown => false;

    public override bool IsShutdown => false;

    public override bool IsTerminated => false;

    public override Task TerminationCompletion => _termination.Task;

    public override bool IsInEventLoop(Thread thread) => true;

    public override void Execute(IRunnable task) => task.Run();

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout) => Task.CompletedTask;

    protected override IEnumerable<IEventExecutor> GetItems() => [this];

    /// <summary>Time passes, and no timer runs.</summary>
    public void Stall(TimeSpan time) => _now += time;

    /// <summary>Runs the timers that are due.</summary>
    public void Turn()
    {
        while (PollScheduledTask() is { } timer)
        {
            timer.Run();
        }
    }
}
