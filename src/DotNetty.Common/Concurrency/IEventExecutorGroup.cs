#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>One or more event executors that start and stop together.</summary>
public interface IEventExecutorGroup : IScheduledExecutorService
{
    IEnumerable<IEventExecutor> Items { get; }

    /// <summary>True from the moment a shutdown was asked for.</summary>
    bool IsShuttingDown { get; }

    /// <summary>Completes when every executor of the group has ended.</summary>
    Task TerminationCompletion { get; }

    /// <summary>The executor whose turn it is to be given work.</summary>
    IEventExecutor GetNext();

    /// <summary>Shuts down with a quiet period of 2 s and a timeout of 15 s.</summary>
    Task ShutdownGracefullyAsync();

    /// <summary>
    /// Stops once no work has arrived for <paramref name="quietPeriod"/>, or after <paramref name="timeout"/> whatever arrives.
    /// Work that was accepted is run; timers that are not due are cancelled.
    /// </summary>
    Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout);
}
