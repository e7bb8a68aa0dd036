using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Connections.Budget;

/// <summary>
/// How many bytes the process's pooled buffers may hold. Above it, looked at every 100 ms, connections with an incomplete message are not read
/// (<see cref="BufferBudgetHandler"/>); while that does not help, the one that holds most is reset, one every 100 ms. What is held may pass the budget
/// by what arrives in 100 ms and by one receive a connection, 64 KiB at most, with the storage that doubles as a message grows.
/// </summary>
public sealed partial class BufferBudget : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly BudgetLoop[] _loops;
    private readonly Func<long> _held;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private volatile bool _exceeded;
    private long _bytes;
    private long _resets;

    /// <summary>A budget of <paramref name="bytes"/> for the connections of these loops, from <see cref="Start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public BufferBudget(long bytes, IEnumerable<IEventLoop> loops, ILogger logger)
        : this(bytes, [.. loops.OfType<SingleThreadEventLoop>().Select(static loop => new BudgetLoop(loop, () => loop.Channels))], static () => BufferMemory.Held, logger, TimeProvider.System)
    {
    }

    internal BufferBudget(long bytes, BudgetLoop[] loops, Func<long> held, ILogger logger, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        _bytes = bytes;
        _loops = loops;
        _held = held;
        _logger = logger;
        _time = time;
    }

    /// <summary>The budget. A change holds from the next look on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long Bytes
    {
        get => Volatile.Read(ref _bytes);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _bytes, value);
        }
    }

    /// <summary>True while more is held.</summary>
    public bool IsExceeded => _exceeded;

    /// <summary>Connections reset for it so far.</summary>
    public long Resets => Interlocked.Read(ref _resets);

    /// <summary>Begins to look; once.</summary>
    public void Start() => _timer ??= _time.CreateTimer(static self => ((BufferBudget)self!).Look(), this, Interval, Timeout.InfiniteTimeSpan);

    /// <summary>Looks no more, and withholds nothing any more.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _exceeded = false;
        ForEachLoop(static loop => loop.Resume());
    }

    /// <summary>The part of the loop that a stage stands on; null for a loop that is none of these.</summary>
    internal BudgetLoop? LoopOf(IChannelHandlerContext stage)
    {
        IEventExecutor executor = stage.Executor;
        foreach (BudgetLoop loop in _loops)
        {
            if (loop.Executor == executor)
            {
                return loop;
            }
        }

        return null;
    }

    private void Look()
    {
        long held = _held();
        if (held > Bytes)
        {
            OnOver(held);
        }
        else if (_exceeded)
        {
            _exceeded = false;
            ForEachLoop(static loop => loop.Resume());
            Log.Relieved(_logger, Bytes, Resets);
        }

        // Set anew each time: looks never overlap.
        _timer?.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private void OnOver(long held)
    {
        if (!_exceeded)
        {
            _exceeded = true;
            Log.Exceeded(_logger, held, Bytes);
        }
        else if (TakeLargest() is { } largest)
        {
            Interlocked.Increment(ref _resets);
            largest.ResetBecause(CloseReason.BufferBudget);
        }

        // The answer is there at the next look; that of a loop that stands still comes when it turns.
        ForEachLoop(static loop => loop.BeginSurvey());
    }

    private IChannel? TakeLargest()
    {
        BudgetLoop.Holder? largest = null;
        foreach (BudgetLoop loop in _loops)
        {
            if (loop.TakeLargest() is { } holder && holder.Bytes > (largest?.Bytes ?? 0))
            {
                largest = holder;
            }
        }

        return largest?.Channel;
    }

    private void ForEachLoop(Action<BudgetLoop> action)
    {
        foreach (BudgetLoop loop in _loops)
        {
            action(loop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "Buffers hold {Held} bytes, over the budget of {Budget}: connections with an incomplete message are not read, then the largest holder is reset every 100 ms. Remedy: lower Limits:MaxFrame, Limits:MaxPendingWriteBytes or Server:MaxConnections, or give the server more memory")]
        public static partial void Exceeded(ILogger logger, long held, long budget);

        [LoggerMessage(231, LogLevel.Information, "Buffers hold less than the budget of {Budget} bytes again; {Resets} connections were reset for it since the start")]
        public static partial void Relieved(ILogger logger, long budget, long resets);
    }
}
