#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Concurrency;

public partial class SingleThreadEventExecutor
{
    // The clock is read, and timers are looked at, once in this many tasks.
    private const int TasksBetweenClockReads = 64;

    // Nothing to do for so long: time to hand back what was kept for the next burst; in steps, since work may come meanwhile.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleStep = TimeSpan.FromMilliseconds(10);

    /// <summary>Later than anything.</summary>
    private protected static readonly PreciseTimeSpan Never = PreciseTimeSpan.FromTicks(long.MaxValue);

    private long _tasksRun;
    private long _rounds;
    private long _lastRound;
    private long _longestRound;
    private long _roundBegan;
    private object _serving;
    private TimeSpan _untilIdle = IdleTime;

    private bool HasTasks => Volatile.Read(ref _given) != 0;

    /// <summary>
    /// Runs queued work and due timers until there is none left or the round's time is over. <see cref="Now"/> is the time of its end after it.
    /// </summary>
    /// <returns>True when anything ran.</returns>
    protected bool RunAllTasks()
    {
        PreciseTimeSpan began = ReadClock();
        bool ran = RunDueTimers();
        if (HasTasks)
        {
            ran |= RunTasks(began + _breakoutInterval);
        }

        if (ran)
        {
            ReadClock();
        }

        return ran;
    }

    /// <summary>Notes what is served from here on, for those who ask what holds the executor up. On its thread.</summary>
    internal void Serve(object served) => _serving = served;

    /// <summary>The clock as it was read last. On the executor's thread.</summary>
    private protected PreciseTimeSpan LastClock => _now;

    private protected PreciseTimeSpan ReadClock() => _now = PreciseTimeSpan.FromStart;

    /// <summary>One round: wait for work if there is none, then run it.</summary>
    private protected virtual void RunRound()
    {
        PreciseTimeSpan ended = _now;
        bool waited = WaitForWork();
        PreciseTimeSpan began = ReadClock();
        if (waited)
        {
            OnWaited(began - ended);
        }

        Volatile.Write(ref _roundBegan, began.Ticks);
        bool ran = RunReady();
        ran |= RunAllTasks();
        if (ran)
        {
            _untilIdle = IdleTime;
        }

        EndRound(began, ran);
    }

    /// <summary>Looks for work for a moment before the thread goes to sleep; queued work it would otherwise be woken for.</summary>
    /// <returns>True when there is some.</returns>
    private protected virtual bool Look() => false;

    /// <summary>Told after each wait how long it was, looked or slept through.</summary>
    private protected virtual void OnWaited(PreciseTimeSpan wait)
    {
    }

    /// <summary>Serves what the wait found ready, before queued work.</summary>
    /// <returns>True when there was something.</returns>
    private protected virtual bool RunReady() => false;

    /// <summary>Called when there has been nothing to do for a second, to give back what is not needed now.</summary>
    /// <returns>True when there is more to give back.</returns>
    private protected virtual bool OnIdle() => false;

    /// <summary>Keeps the books of a round that began at <paramref name="began"/> and ended when the clock was read last.</summary>
    private protected void EndRound(PreciseTimeSpan began, bool ran)
    {
        if (ran && _state == ShuttingDown)
        {
            _lastWork = _now;
        }

        long took = _now.Ticks - began.Ticks;
        if (took > Volatile.Read(ref _longestRound))
        {
            Volatile.Write(ref _longestRound, took);
        }

        Volatile.Write(ref _lastRound, took);
        Volatile.Write(ref _rounds, _rounds + 1);
        Volatile.Write(ref _roundBegan, 0);
        _serving = null;
    }

    private bool RunTasks(PreciseTimeSpan end)
    {
        int run = 0;
        bool over = false;
        while (HasTasks && !over)
        {
            // Before the queue is looked through: what is given from here on is told once more.
            Interlocked.Exchange(ref _given, 0);
            while (!over && _tasks.TryDequeue(out IRunnable task))
            {
                _serving = task;
                SafeExecute(task);
                if (++run % TasksBetweenClockReads == 0)
                {
                    over = ReadClock() >= end;
                    RunDueTimers();
                }
            }
        }

        if (over)
        {
            Volatile.Write(ref _given, 1);
        }

        Volatile.Write(ref _tasksRun, _tasksRun + run);
        return run > 0;
    }

    private bool RunDueTimers()
    {
        // Timers that those here set for now wait for the next look, or they could starve all else.
        PreciseTimeSpan now = _now;
        long newest = NewestTimer;
        bool ran = false;
        while (PollScheduledTask(now, newest) is { } timer)
        {
            _serving = timer;
            SafeExecute(timer);
            ran = true;
        }

        return ran;
    }

    /// <returns>False when there was no need to wait.</returns>
    private bool WaitForWork()
    {
        if (HasTasks)
        {
            return false;
        }

        // By the clock of the last round's end, which was a moment ago: a look at it costs as much as the rest of an empty round.
        PreciseTimeSpan due = NextDue();
        if (due <= _now)
        {
            return false;
        }

        if (Look())
        {
            return true;
        }

        PreciseTimeSpan idle = _now + _untilIdle;

        // Announced before the queue is looked at again: whoever enqueues after that look sees it and signals.
        Interlocked.Exchange(ref _sleeping, 1);
        bool woken = HasTasks || Wait(idle < due ? idle : due);
        Volatile.Write(ref _sleeping, 0);
        if (!woken && idle < due && !HasTasks)
        {
            _untilIdle = OnIdle() ? IdleStep : TimeSpan.MaxValue;
        }

        return true;
    }

    private PreciseTimeSpan NextDue()
    {
        PreciseTimeSpan timer = PeekScheduledTask() is { } first ? first.Deadline : Never;
        if (_state < ShuttingDown)
        {
            return timer;
        }

        PreciseTimeSpan quiet = NextShutdownCheck();
        return quiet < timer ? quiet : timer;
    }
}
