using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common;

/// <summary>Watched threads and the thread that looks at them. .NET tells nobody that a thread has ended, so it has to be asked.</summary>
internal sealed class ThreadDeathWatch(TimeSpan interval)
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance(typeof(ThreadDeathWatcher));

    private readonly object _sync = new();
    private readonly List<(Thread Thread, Action Task)> _watched = [];
    private Thread? _watcher;

    public void Watch(Thread thread, Action task)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(task);
        if (!thread.IsAlive)
            throw new ArgumentException("Only a running thread can be watched.", nameof(thread));

        lock (_sync)
        {
            _watched.Add((thread, task));
            if (_watcher is null)
                Start();
        }
    }

    public void Unwatch(Thread thread, Action task)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(task);
        lock (_sync)
        {
            _watched.Remove((thread, task));
            if (_watched.Count == 0)
                Monitor.PulseAll(_sync);
        }
    }

    public bool AwaitInactivity(TimeSpan timeout)
    {
        Thread? watcher;
        lock (_sync)
            watcher = _watcher;
        return watcher is null || watcher.Join(timeout);
    }

    private void Start()
    {
        _watcher = new Thread(Run) { IsBackground = true, Name = "thread-death-watcher" };
        _watcher.UnsafeStart();
    }

    private void Run()
    {
        while (TakeEnded() is { } tasks)
            tasks.ForEach(RunSafely);
    }

    /// <summary>The tasks of threads that have ended, none after a pause; null when nothing is watched any more.</summary>
    private List<Action>? TakeEnded()
    {
        lock (_sync)
        {
            List<Action> tasks = TakeTasks();
            if (tasks.Count == 0 && _watched.Count > 0)
                Monitor.Wait(_sync, interval);
            if (tasks.Count > 0 || _watched.Count > 0)
                return tasks;

            _watcher = null;
            return null;
        }
    }

    private List<Action> TakeTasks()
    {
        List<Action> tasks = [];
        _watched.RemoveAll(watched =>
        {
            bool ended = !watched.Thread.IsAlive;
            if (ended)
                tasks.Add(watched.Task);
            return ended;
        });
        return tasks;
    }

    private static void RunSafely(Action task)
    {
        try
        {
            task();
        }
        catch (Exception fault)
        {
            Logger.Warn("The task of an ended thread failed.", fault);
        }
    }
}
