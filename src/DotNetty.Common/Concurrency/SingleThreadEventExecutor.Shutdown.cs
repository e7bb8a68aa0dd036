#nullable disable
using System.Runtime.CompilerServices;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Concurrency;

public partial class SingleThreadEventExecutor
{
    private const int NotStarted = 0;
    private const int Running = 1;
    private const int ShuttingDown = 2;
    private const int Shutdown = 3;
    private const int Terminated = 4;

    private readonly TaskCompletionSource _termination = new();
    private readonly HashSet<Action> _shutdownHooks = [];
    private volatile int _state = NotStarted;
    private int _submitting;
    private TimeSpan _quietPeriod;
    private PreciseTimeSpan _shutdownDeadline;
    private PreciseTimeSpan _lastWork;

    public override bool IsShuttingDown => _state >= ShuttingDown;

    public override bool IsShutdown => _state >= Shutdown;

    public override bool IsTerminated => _state == Terminated;

    public override Task TerminationCompletion => _termination.Task;

    /// <summary>Runs <paramref name="action"/> on the executor when it shuts down, before its last work.</summary>
    public void AddShutdownHook(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        RunInLoop(() => _shutdownHooks.Add(action));
    }

    public void RemoveShutdownHook(Action action) => RunInLoop(() => _shutdownHooks.Remove(action));

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quietPeriod, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, quietPeriod);
        if (IsShuttingDown)
        {
            return TerminationCompletion;
        }

        Start();
        try
        {
            RunInLoop(() => BeginShutdown(quietPeriod, timeout));
        }
        catch (RejectedExecutionException)
        {
            // Somebody else's shutdown was quicker.
        }

        return TerminationCompletion;
    }

    /// <returns>True when the thread shall end: asked to, and quiet for long enough or out of time.</returns>
    protected bool ConfirmShutdown()
    {
        if (_state < ShuttingDown)
        {
            return false;
        }

        CancelScheduledTasks();
        if (RunShutdownHooks() || !_tasks.IsEmpty)
        {
            return ReadClock() >= _shutdownDeadline;
        }

        return ReadClock() >= NextShutdownCheck();
    }

    /// <summary>Gives back what the executor holds, on its thread, after the last work.</summary>
    protected virtual void Cleanup()
    {
    }

    /// <summary>Runs what was accepted, accepts nothing more, cleans up and completes <see cref="TerminationCompletion"/>.</summary>
    protected void CleanupAndTerminate(bool success)
    {
        _state = ShuttingDown;
        RunAcceptedTasks();
        GiveBack(Cleanup);
        RunAcceptedTasks();

        // A full fence: whoever comes between must either be seen in the count below, or see the new state.
        Interlocked.Exchange(ref _state, Shutdown);
        SpinWait.SpinUntil(() => Volatile.Read(ref _submitting) == 0);
        RunRemainingTasks();
        CancelScheduledTasks();
        GiveBack(OnTerminated);
        _state = Terminated;
        SetCurrentExecutor(null);
        _termination.TryComplete();
    }

    private void RunThread()
    {
        _stack.Enter();
        SetCurrentExecutor(this);

        try
        {
            // The end too runs inside: who awaits a close or the termination itself resumes elsewhere, and cannot hold up the thread that ends.
            _scheduler.RunInside(RunToTheEnd);
        }
        finally
        {
            _stack.Leave();
        }
    }

    private void RunToTheEnd()
    {
        SynchronizationContext.SetSynchronizationContext(new ExecutorSynchronizationContext(this));
        bool success = false;
        try
        {
            RunRounds();
            success = true;
        }
        catch (Exception fault)
        {
            Logger.Error("An event executor ended by a fault of its own.", fault);
        }
        finally
        {
            CleanupAndTerminate(success);
        }
    }

    // Entered once and for good: it would stay as it was first compiled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRounds()
    {
        OnStarted();
        while (!ConfirmShutdown())
        {
            RunRound();
        }
    }

    private void BeginShutdown(TimeSpan quietPeriod, TimeSpan timeout)
    {
        if (_state >= ShuttingDown)
        {
            return;
        }

        _quietPeriod = quietPeriod;
        _lastWork = ReadClock();
        _shutdownDeadline = _lastWork + timeout;
        _state = ShuttingDown;
    }

    private PreciseTimeSpan NextShutdownCheck()
    {
        PreciseTimeSpan quiet = _lastWork + _quietPeriod;
        return quiet < _shutdownDeadline ? quiet : _shutdownDeadline;
    }

    private bool RunShutdownHooks()
    {
        bool ran = false;
        while (_shutdownHooks.Count > 0)
        {
            Action[] hooks = [.. _shutdownHooks];
            _shutdownHooks.Clear();
            foreach (Action hook in hooks)
            {
                SafeExecute(DelegateRunnable.Of(hook));
                ran = true;
            }
        }

        return ran;
    }

    // What this work gives the executor waits its turn, or work that posts itself again would never let it end.
    private void RunAcceptedTasks()
    {
        for (int left = _tasks.Count; left > 0 && _tasks.TryDequeue(out IRunnable task); left--)
        {
            SafeExecute(task);
        }
    }

    private static void GiveBack(Action what)
    {
        try
        {
            what();
        }
        catch (Exception fault)
        {
            Logger.Warn("An event executor could not give back all it holds.", fault);
        }
    }

    private void RunRemainingTasks()
    {
        while (_tasks.TryDequeue(out IRunnable task))
        {
            SafeExecute(task);
        }
    }

    private void RunInLoop(Action action)
    {
        if (InEventLoop)
        {
            action();
        }
        else
        {
            Execute(action);
        }
    }
}
