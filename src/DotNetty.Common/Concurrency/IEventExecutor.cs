#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>An executor that runs one piece of work at a time, on one thread.</summary>
public interface IEventExecutor : IEventExecutorGroup
{
    IEventExecutorGroup Parent { get; }

    /// <summary>True on the executor's own thread.</summary>
    bool InEventLoop { get; }

    /// <summary>
    /// The executor's clock, for time stamps and timers alike: monotonic, read once a round on a real loop, moved by hand on an embedded one.
    /// </summary>
    PreciseTimeSpan Now => PreciseTimeSpan.FromStart;

    bool IsInEventLoop(Thread thread);
}
