using DotNetty.Common.Concurrency;

namespace EsockdNetty.Accepting;

/// <summary>Writes one line a second at most: the first at once, then one for all that came meanwhile, with their number and the last of them. One loop.</summary>
internal sealed class LogWindow<T>(Action<T, long> write)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private IScheduledTask? _end;
    private IEventExecutor? _executor;
    private T? _sample;
    private long _held;

    public void Add(IEventExecutor executor, T sample)
    {
        if (_end is null)
        {
            _executor = executor;
            write(sample, 0);
            Begin();
            return;
        }

        _sample = sample;
        _held++;
    }

    /// <summary>Writes what is held back.</summary>
    public void Close()
    {
        _end?.Cancel();
        _end = null;
        WriteHeld();
    }

    private void Begin() => _end = _executor!.Schedule(static window => ((LogWindow<T>)window!).End(), this, Length);

    private void End()
    {
        _end = null;
        if (WriteHeld())
        {
            Begin();
        }
    }

    private bool WriteHeld()
    {
        if (_held == 0)
        {
            return false;
        }

        (T sample, long suppressed) = (_sample!, _held - 1);
        _sample = default;
        _held = 0;
        write(sample, suppressed);
        return true;
    }
}
