using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting.Overload;

/// <summary>
/// Looks once a second whether a server copes with what it has: at its loops, the process's memory, and what the application says. One a server;
/// <see cref="OverloadGate"/>s read its verdict. Also warns of loops that do not turn. Runs on the pool, never on a loop.
/// </summary>
public sealed partial class OverloadMonitor : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LoopWatch[] _loops;
    private readonly IOverloadCheck[] _checks;
    private readonly IDisposable? _memory;
    private volatile OverloadOptions _options;
    private volatile IReadOnlyList<LoopLag> _lags = [];
    private volatile string? _reason;
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Watches <paramref name="loops"/>, from <see cref="Start"/> on.</summary>
    public OverloadMonitor(OverloadOptions options, IEnumerable<IEventLoop> loops, ILogger logger)
        : this(options, [.. loops.OfType<SingleThreadEventExecutor>().Select(static loop => new WatchedEventLoop(loop))], MemoryProbe.Open(), logger, TimeProvider.System)
    {
    }

    internal OverloadMonitor(OverloadOptions options, IReadOnlyList<IWatchedLoop> loops, IMemoryProbe memory, ILogger logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Copy();
        _time = time;
        _logger = logger;
        _memory = memory as IDisposable;
        _loops = [.. loops.Select(loop => new LoopWatch(loop, logger))];
        _checks = [new LoopLagCheck(() => _lags, () => _options, time), new MemoryCheck(memory, () => _options), new UserCheck(() => _options.Reason, logger)];
    }

    /// <summary>Why newcomers are refused, with the measured value; null while they are not.</summary>
    public string? Reason => _reason;

    /// <summary>How long the loops' rounds took as of the last sample.</summary>
    public IReadOnlyList<LoopLag> LoopLags => _lags;

    /// <summary>Called with each sample of the loops, which nobody else takes; on a thread of the pool.</summary>
    internal Action<IReadOnlyList<LoopLag>>? Sampled { get; set; }

    /// <summary>Goes by other options from the next look on; what was seen before still counts.</summary>
    public void Change(OverloadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Copy();
    }

    /// <summary>Begins to look; once.</summary>
    public void Start() => _timer ??= _time.CreateTimer(static self => ((OverloadMonitor)self!).Look(), this, Interval, Timeout.InfiniteTimeSpan);

    /// <summary>Looks no more. The last verdict is that there is no overload.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
        _memory?.Dispose();
        _reason = null;
    }

    private void Look()
    {
        try
        {
            _lags = [.. _loops.Select(static loop => loop.Sample())];
            Conclude(Judge());

            // Last: whoever collects metrics may fail, and nobody is to be let in for that.
            Sampled?.Invoke(_lags);
        }
        catch (Exception fault)
        {
            // Escaped, it would end the process: a look that failed is no reason to end anything.
            Log.Failed(_logger, fault);
        }

        // Set anew each time: looks never overlap, however long one takes.
        _timer?.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    // All are asked, since each keeps its own account from second to second; the first that finds something is told.
    private string? Judge()
    {
        string? reason = null;
        foreach (IOverloadCheck check in _checks)
        {
            string? found = check.Judge();
            reason ??= found;
        }

        return reason;
    }

    private void Conclude(string? reason)
    {
        string? before = _reason;
        if (_disposed)
        {
            return;
        }

        _reason = reason;
        if (before is null && reason is not null)
        {
            Log.Overloaded(_logger, reason);
        }
        else if (before is not null && reason is null)
        {
            Log.Relieved(_logger, before);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Warning, "Overload: {Reason}. New connections are refused until it is over. Remedy: give the server more processors or memory, or lower Server:MaxConnections")]
        public static partial void Overloaded(ILogger logger, string reason);

        [LoggerMessage(221, LogLevel.Information, "The overload is over, connections are accepted again. It was: {Reason}")]
        public static partial void Relieved(ILogger logger, string reason);

        [LoggerMessage(225, LogLevel.Error, "Looking for overload failed; the next look is in a second")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
