#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Runs tasks once, after a delay, on a thread of its own.</summary>
public interface ITimer
{
    /// <summary>Runs <paramref name="task"/> after <paramref name="delay"/>, never earlier; a delay of zero or less means the next tick.</summary>
    /// <exception cref="Concurrency.RejectedExecutionException">Too many are pending, or the timer was stopped.</exception>
    ITimeout NewTimeout(ITimerTask task, TimeSpan delay);

    /// <summary>Ends the timer.</summary>
    /// <returns>The timeouts that had neither expired nor been cancelled; for any call but the first, none.</returns>
    Task<ISet<ITimeout>> StopAsync();
}
