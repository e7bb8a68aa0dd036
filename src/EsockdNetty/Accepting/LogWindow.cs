using DotNetty.Common;
using DotNetty.Common.Concurrency;

namespace EsockdNetty.Accepting;

/// <summary>
/// Writes one line for all that came within a second: the first opens the second, and at its end their number and the last of them are written.
/// The next second follows on the same grid, however late a loop is, until one has passed in which nothing came. Several loops may share one; the
/// timer is of the loop that opened it, and where that stands still the next one that comes writes what is due.
/// </summary>
internal sealed class LogWindow<T>(Action<T, long> write)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private IEventExecutor? _executor;
    private PreciseTimeSpan _end;
    private T? _sample;
    private long _held;
    private bool _open;

    public void Add(IEventExecutor executor, T sample)
    {
        (T? due, long count) = (default, 0);
        lock (_gate)
        {
            PreciseTimeSpan now = executor.Now;
            if (!_open)
            {
                _open = true;
                _executor = executor;
                _end = now + Length;
                SetTimer(now);
            }
            else if (IsOver(now))
            {
                (due, count) = Take();
                MoveOn(now);
            }

            _sample = sample;
            _held++;
        }

        // Outside the lock: a slow log must not hold up the other loops.
        Write(due, count);
    }

    /// <summary>Writes what is held back.</summary>
    public void Flush()
    {
        (T? Sample, long Count) held;
        lock (_gate)
        {
            held = Take();
        }

        Write(held.Sample, held.Count);
    }

    private void OnTime()
    {
        (T? due, long count) = (default, 0);
        lock (_gate)
        {
            PreciseTimeSpan now = _executor!.Now;
            if (IsOver(now))
            {
                (due, count) = Take();
                _open = count > 0;
                MoveOn(now);
            }

            if (_open)
            {
                SetTimer(now);
            }
        }

        Write(due, count);
    }

    // In whole ticks of timers: less than one is no time to wait for.
    private bool IsOver(PreciseTimeSpan now) => (_end - now).ToTimeSpan() <= TimeSpan.Zero;

    private (T? Sample, long Count) Take()
    {
        (T?, long) held = (_sample, _held);
        (_sample, _held) = (default, 0);
        return held;
    }

    // By whole seconds: what is late once must not shift all that follow.
    private void MoveOn(PreciseTimeSpan now)
    {
        while (IsOver(now))
        {
            _end += Length;
        }
    }

    private void SetTimer(PreciseTimeSpan now)
    {
        try
        {
            _executor!.Schedule(static window => ((LogWindow<T>)window!).OnTime(), this, (_end - now).ToTimeSpan());
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended: what is held is written by Flush.
        }
    }

    private void Write(T? sample, long count)
    {
        if (count > 0)
        {
            write(sample!, count);
        }
    }
}
