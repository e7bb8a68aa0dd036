using System.Collections.Concurrent;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>Runs code as an event loop does: in a task of a scheduler of its own, with a synchronization context, on one thread.</summary>
internal sealed class LoopThread : TaskScheduler
{
    private readonly BlockingCollection<Task> _tasks = [];
    private Thread? _thread;

    /// <summary>Continuations that came back through the scheduler or the context.</summary>
    public int Posted { get; private set; }

    public static LoopThread Run(Action action)
    {
        var loop = new LoopThread();
        Exception? fault = null;
        loop._thread = new Thread(() => fault = loop.Turn(action));
        loop._thread.Start();
        Assert.True(loop._thread.Join(TimeSpan.FromMinutes(2)), "The loop did not end.");
        Assert.Null(fault);
        return loop;
    }

    protected override void QueueTask(Task task)
    {
        Posted++;
        _tasks.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Thread.CurrentThread == _thread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private Exception? Turn(Action action)
    {
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        var task = new Task(() =>
        {
            Assert.Same(this, Current);
            action();
            Assert.IsType<Context>(SynchronizationContext.Current);
        });
        task.RunSynchronously(this);
        return task.Exception?.InnerException;
    }

    private sealed class Context(LoopThread loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => loop.Posted++;
    }
}
