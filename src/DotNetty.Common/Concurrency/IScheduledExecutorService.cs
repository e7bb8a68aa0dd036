#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>An executor that can run work later. Delays of zero or less mean the next turn.</summary>
public interface IScheduledExecutorService : IExecutorService
{
    IScheduledTask Schedule(IRunnable action, TimeSpan delay);

    IScheduledTask Schedule(Action action, TimeSpan delay);

    IScheduledTask Schedule(Action<object> action, object state, TimeSpan delay);

    IScheduledTask Schedule(Action<object, object> action, object context, object state, TimeSpan delay);

    Task ScheduleAsync(Action action, TimeSpan delay);

    Task ScheduleAsync(Action action, TimeSpan delay, CancellationToken cancellationToken);

    Task ScheduleAsync(Action<object> action, object state, TimeSpan delay);

    Task ScheduleAsync(Action<object> action, object state, TimeSpan delay, CancellationToken cancellationToken);

    Task ScheduleAsync(Action<object, object> action, object context, object state, TimeSpan delay);

    Task ScheduleAsync(Action<object, object> action, object context, object state, TimeSpan delay, CancellationToken cancellationToken);
}
