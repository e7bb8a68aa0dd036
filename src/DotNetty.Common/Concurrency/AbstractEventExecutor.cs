#nullable disable
using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common.Concurrency;

/// <summary>An event executor without timers; it is the only member of its own group.</summary>
public abstract class AbstractEventExecutor : AbstractExecutorService, IEventExecutor
{
    internal static readonly TimeSpan DefaultQuietPeriod = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan DefaultShutdownTimeout = TimeSpan.FromSeconds(15);

    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<AbstractEventExecutor>();

    protected AbstractEventExecutor()
        : this(null)
    {
    }

    protected AbstractEventExecutor(IEventExecutorGroup parent) => Parent = parent;

    public IEventExecutorGroup Parent { get; }

    public IEnumerable<IEventExecutor> Items => GetItems();

    public bool InEventLoop => IsInEventLoop(Thread.CurrentThread);

    /// <inheritdoc cref="IEventExecutor.Now"/>
    public virtual PreciseTimeSpan Now => PreciseTimeSpan.FromStart;

    public abstract bool IsShuttingDown { get; }

    public abstract Task TerminationCompletion { get; }

    public IEventExecutor GetNext() => this;

    public abstract bool IsInEventLoop(Thread thread);

    public virtual IScheduledTask Schedule(IRunnable action, TimeSpan delay) => throw NoTimers();

    public virtual IScheduledTask Schedule(Action action, TimeSpan delay) => throw NoTimers();

    public virtual IScheduledTask Schedule(Action<object> action, object state, TimeSpan delay) => throw NoTimers();

    public virtual IScheduledTask Schedule(Action<object, object> action, object context, object state, TimeSpan delay) => throw NoTimers();

    public virtual Task ScheduleAsync(Action action, TimeSpan delay) => ScheduleAsync(action, delay, CancellationToken.None);

    public virtual Task ScheduleAsync(Action action, TimeSpan delay, CancellationToken cancellationToken) => throw NoTimers();

    public virtual Task ScheduleAsync(Action<object> action, object state, TimeSpan delay) => ScheduleAsync(action, state, delay, CancellationToken.None);

    public virtual Task ScheduleAsync(Action<object> action, object state, TimeSpan delay, CancellationToken cancellationToken) => throw NoTimers();

    public virtual Task ScheduleAsync(Action<object, object> action, object context, object state, TimeSpan delay) =>
        ScheduleAsync(action, context, state, delay, CancellationToken.None);

    public virtual Task ScheduleAsync(Action<object, object> action, object context, object state, TimeSpan delay, CancellationToken cancellationToken) => throw NoTimers();

    public Task ShutdownGracefullyAsync() => ShutdownGracefullyAsync(DefaultQuietPeriod, DefaultShutdownTimeout);

    public abstract Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout);

    /// <summary>Tells <see cref="ExecutionEnvironment"/> that the calling thread runs <paramref name="executor"/>'s work; null takes it back.</summary>
    protected void SetCurrentExecutor(IEventExecutor executor) => ExecutionEnvironment.SetCurrentExecutor(executor);

    protected abstract IEnumerable<IEventExecutor> GetItems();

    /// <summary>Runs <paramref name="task"/>; what it throws is logged, since nobody else would see it.</summary>
    protected static void SafeExecute(IRunnable task)
    {
        try
        {
            task.Run();
        }
        catch (Exception fault)
        {
            Logger.Warn("A task raised an exception. Task: " + task, fault);
        }
    }

    private NotSupportedException NoTimers() => new($"{GetType().Name} has no timers.");
}
