#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Concurrency;

/// <summary>An event executor with timers, kept in one heap that only the executor's thread touches.</summary>
public abstract class AbstractScheduledEventExecutor : AbstractEventExecutor
{
    private static readonly Action<object, object> InvokeRunnable = static (runnable, _) => ((IRunnable)runnable).Run();
    private static readonly Action<object, object> InvokePlain = static (action, _) => ((Action)action)();
    private static readonly Action<object, object> InvokeWithState = static (action, state) => ((Action<object>)action)(state);

    protected readonly Utilities.PriorityQueue<IScheduledRunnable> ScheduledTaskQueue = new();

    private long _sequence;

    protected AbstractScheduledEventExecutor()
    {
    }

    protected AbstractScheduledEventExecutor(IEventExecutorGroup parent)
        : base(parent)
    {
    }

    public override IScheduledTask Schedule(IRunnable action, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Schedule(NewTask(InvokeRunnable, action, null, delay));
    }

    public override IScheduledTask Schedule(Action action, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Schedule(NewTask(InvokePlain, action, null, delay));
    }

    public override IScheduledTask Schedule(Action<object> action, object state, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Schedule(NewTask(InvokeWithState, action, state, delay));
    }

    public override IScheduledTask Schedule(Action<object, object> action, object context, object state, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Schedule(NewTask(action, context, state, delay));
    }

    public override Task ScheduleAsync(Action action, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return ScheduleAsync(InvokePlain, action, null, delay, cancellationToken);
    }

    public override Task ScheduleAsync(Action<object> action, object state, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return ScheduleAsync(InvokeWithState, action, state, delay, cancellationToken);
    }

    public override Task ScheduleAsync(Action<object, object> action, object context, object state, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        ScheduledTask task = NewTask(action, context, state, delay);
        Task completion = task.Completion;
        task.CancelWith(cancellationToken);
        Schedule(task);
        return completion;
    }

    /// <summary>The sequence number of the timer that was made last.</summary>
    private protected long NewestTimer => Volatile.Read(ref _sequence);

    internal void RemoveScheduled(IScheduledRunnable task)
    {
        if (InEventLoop)
        {
            ScheduledTaskQueue.Remove(task);
        }
        else if (!IsShutdown)
        {
            TryRemoveLater(task);
        }
    }

    /// <summary>The clock of every executor that is not driven by hand.</summary>
    protected static PreciseTimeSpan GetNanos() => PreciseTimeSpan.FromStart;

    protected static bool IsNullOrEmpty<T>(Utilities.PriorityQueue<T> taskQueue)
        where T : class
        => taskQueue is null || taskQueue.Count == 0;

    protected IScheduledRunnable Schedule(IScheduledRunnable task)
    {
        if (InEventLoop)
        {
            AddTimer(task);
        }
        else
        {
            Execute(static (executor, task) => ((AbstractScheduledEventExecutor)executor).AddTimer((IScheduledRunnable)task), this, task);
        }

        return task;
    }

    protected bool HasScheduledTasks() => ScheduledTaskQueue.Count > 0 && ScheduledTaskQueue.Peek().Deadline <= Now;

    protected IScheduledRunnable PeekScheduledTask() => ScheduledTaskQueue.Count == 0 ? null : ScheduledTaskQueue.Peek();

    protected IScheduledRunnable PollScheduledTask() => PollScheduledTask(Now);

    /// <summary>Takes the first timer that is due at <paramref name="nanoTime"/>, or null.</summary>
    protected IScheduledRunnable PollScheduledTask(PreciseTimeSpan nanoTime)
    {
        IScheduledRunnable first = PeekScheduledTask();
        if (first is null || first.Deadline > nanoTime)
        {
            return null;
        }

        ScheduledTaskQueue.Dequeue();
        return first;
    }

    /// <summary>Takes the first timer that is due at <paramref name="now"/> and no newer than <paramref name="newest"/>, or null.</summary>
    private protected IScheduledRunnable PollScheduledTask(PreciseTimeSpan now, long newest) =>
        PeekScheduledTask() is ScheduledTask first && first.Sequence > newest ? null : PollScheduledTask(now);

    /// <summary>How long until the next timer is due: zero when it is, <see cref="PreciseTimeSpan.MinusOne"/> when there is none.</summary>
    protected PreciseTimeSpan NextScheduledTaskNanos()
    {
        IScheduledRunnable first = PeekScheduledTask();
        if (first is null)
        {
            return PreciseTimeSpan.MinusOne;
        }

        PreciseTimeSpan wait = first.Deadline - Now;
        return wait > PreciseTimeSpan.Zero ? wait : PreciseTimeSpan.Zero;
    }

    protected virtual void CancelScheduledTasks()
    {
        while (PeekScheduledTask() is { } task)
        {
            ScheduledTaskQueue.Dequeue();
            task.Cancel();
        }
    }

    // Cancelled on its way here, it would only lie about until its time.
    private void AddTimer(IScheduledRunnable task)
    {
        if (task is not ScheduledTask { IsCancelled: true })
        {
            ScheduledTaskQueue.Enqueue(task);
        }
    }

    private ScheduledTask NewTask(Action<object, object> action, object context, object state, TimeSpan delay)
    {
        PreciseTimeSpan deadline = Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        return new ScheduledTask(this, action, context, state, deadline, Interlocked.Increment(ref _sequence));
    }

    private void TryRemoveLater(IScheduledRunnable task)
    {
        try
        {
            Execute(static (executor, task) => ((AbstractScheduledEventExecutor)executor).ScheduledTaskQueue.Remove((IScheduledRunnable)task), this, task);
        }
        catch (RejectedExecutionException)
        {
            // The executor ended meanwhile: its timers are gone with it.
        }
    }
}
