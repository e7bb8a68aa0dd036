using DotNetty.Common.Concurrency;

namespace EsockdNetty.Accepting;

/// <summary>
/// Writes one line a second at most: the first at once, then one for all that came meanwhile, with their number and the last of them. Several
/// loops may share one; the second ends on the loop that began it.
/// </summary>
internal sealed class LogWindow<T>(Action<T, long> write)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private IEventExecutor? _executor;
    private T? _sample;
    private long _held;
    private bool _open;

    public void Add(IEventExecutor executor, T sample)
    {
        lock (_gate)
        {
            if (_open)
            {
                _sample = sample;
                _held++;
                return;
            }

            _open = true;
            _executor = executor;
            Begin();
        }

        // Outside the lock: a slow log must not hold up the other loops.
        write(sample, 0);
    }

    /// <summary>Writes what is held back.</summary>
    public void Flush() => WriteHeld(ends: false);

    private void Begin() => _executor!.Schedule(static window => ((LogWindow<T>)window!).End(), this, Length);

    private void End()
    {
        if (WriteHeld(ends: true))
        {
            Begin();
        }
    }

    private bool WriteHeld(bool ends)
    {
        T sample;
        long suppressed;
        lock (_gate)
        {
            if (_held == 0)
            {
                _open &= !ends;
                return false;
            }

            (sample, suppressed) = (_sample!, _held - 1);
            _sample = default;
            _held = 0;
        }

        write(sample, suppressed);
        return true;
    }
}
