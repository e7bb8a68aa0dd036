using DotNetty.Buffers;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Memory;

/// <summary>
/// Has the garbage collector compact, once, when a burst is over. The pools give their pages back to the system by themselves; the objects that the
/// burst left behind are the collector's, and a server that has become quiet gives it no reason to look. A burst is over when the pools have given
/// back 64 MiB or more, and neither taken nor given any for five seconds: they give nothing while there is work.
/// </summary>
internal sealed partial class BurstCollector : IDisposable
{
    internal const long LeastBurst = 64 * 1024 * 1024;
    internal const int QuietLooks = 5;

    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Func<long> _reserved;
    private readonly Action _collect;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private long _peak;
    private long _last;
    private int _looks;

    public BurstCollector(ILogger logger)
        : this(static () => BufferMemory.Reserved, Compact, logger, TimeProvider.System)
    {
    }

    internal BurstCollector(Func<long> reserved, Action collect, ILogger logger, TimeProvider time)
    {
        _reserved = reserved;
        _collect = collect;
        _logger = logger;
        _time = time;
    }

    /// <summary>Whether it acts on what it sees. Default: yes.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Begins to look; once.</summary>
    public void Start() => _timer ??= _time.CreateTimer(static self => ((BurstCollector)self!).Look(), this, Interval, Interval);

    public void Dispose() => _timer?.Dispose();

    // Compacts and gives back what it frees, in proportion to what lives: some 10 ms for 10,000 connections.
    private static void Compact() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private void Look()
    {
        long reserved = _reserved();
        _looks = reserved == _last ? _looks + 1 : 0;
        _last = reserved;
        _peak = Math.Max(_peak, reserved);
        if (_looks < QuietLooks || _peak - reserved < LeastBurst)
        {
            return;
        }

        long peak = _peak;
        _peak = reserved;
        if (IsOn)
        {
            long began = _time.GetTimestamp();
            _collect();
            Log.Collected(_logger, peak, reserved, _time.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(250, LogLevel.Debug, "A burst is over: buffers held {Peak} bytes, now {Now}. A compacting collection took {Milliseconds} ms")]
        public static partial void Collected(ILogger logger, long peak, long now, double milliseconds);
    }
}
