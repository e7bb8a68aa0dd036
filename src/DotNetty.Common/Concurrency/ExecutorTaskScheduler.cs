#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>
/// Runs tasks as work of one executor. A loop runs inside a task of its own scheduler, so that <c>ContinueWith</c> and <c>Task.Factory.StartNew</c>
/// in a handler mean the loop.
/// </summary>
public sealed class ExecutorTaskScheduler : TaskScheduler
{
    private readonly IEventExecutor _executor;

    public ExecutorTaskScheduler(IEventExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(executor);
        _executor = executor;
    }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs <paramref name="body"/> on the calling thread with this scheduler current; returns when it does.</summary>
    internal void RunInside(Action body)
    {
        var task = new Task(body);
        task.RunSynchronously(this);
        task.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task)
    {
        try
        {
            _executor.Execute(new TaskRunnable(this, task));
        }
        catch (RejectedExecutionException)
        {
            // Work that outlives its executor is not lost: it goes where any task goes.
            ThreadPool.UnsafeQueueUserWorkItem(static item => item.Scheduler.TryExecuteTask(item.Task), (Scheduler: this, Task: task), preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (!_executor.InEventLoop)
        {
            return false;
        }

        if (taskWasPreviouslyQueued)
        {
            // Only a synchronous wait asks for this; the loop would wait for itself for ever.
            throw new InvalidOperationException("The event loop cannot wait for its own work. Use await or ContinueWith instead of Wait() or Result.");
        }

        return TryExecuteTask(task);
    }

    protected override bool TryDequeue(Task task) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => throw new NotSupportedException("The tasks of an event loop cannot be listed.");

    private sealed class TaskRunnable(ExecutorTaskScheduler scheduler, Task task) : IRunnable
    {
        public void Run() => scheduler.TryExecuteTask(task);
    }
}
