using DotNetty.Buffers;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Memory;

/// <summary>
/// Has the garbage collector compact, once, when a burst is over. The pools give their pages back to the system by themselves; the objects that the
/// burst left behind are the collector's, and a server that has become quiet gives it no reason to look. A burst is over when what the pools have given
/// back and the connections that have ended come to 64 MiB or more, and for five seconds the pools have neither taken nor given any, which they do not
/// while there is work, and the number of connections has hardly moved.
/// </summary>
internal sealed partial class BurstCollector : IDisposable
{
    internal const long LeastBurst = 64 * 1024 * 1024;
    internal const int QuietLooks = 5;

    /// <summary>Bytes that an ended connection is taken for: what an idle one keeps, its buffers aside.</summary>
    internal const long PerConnection = 2048;

    /// <summary>Fewer more or less are no unrest: on a server that lives some always come and go.</summary>
    internal const int Unrest = 512;

    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Func<long> _reserved;
    private readonly Func<int> _open;
    private readonly Action _collect;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private long _mostReserved;
    private long _stillReserved;
    private int _mostOpen;
    private int _stillOpen;
    private int _looks;

    /// <summary>For the process's buffers, and the live connections that <paramref name="open"/> tells once a second.</summary>
    public BurstCollector(Func<int> open, ILogger logger)
        : this(static () => BufferMemory.Reserved, open, Compact, logger, TimeProvider.System)
    {
    }

    internal BurstCollector(Func<long> reserved, Func<int> open, Action collect, ILogger logger, TimeProvider time)
    {
        _reserved = reserved;
        _open = open;
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
        int open = _open();
        CountQuiet(reserved, open);
        _mostReserved = Math.Max(_mostReserved, reserved);
        _mostOpen = Math.Max(_mostOpen, open);
        if (_looks >= QuietLooks && LeftBehind(reserved, open) >= LeastBurst)
        {
            End(reserved, open);
        }
    }

    private void CountQuiet(long reserved, int open)
    {
        if (reserved == _stillReserved && Math.Abs(open - _stillOpen) < Unrest)
        {
            _looks++;
            return;
        }

        (_stillReserved, _stillOpen, _looks) = (reserved, open, 0);
    }

    // Each from its own peak: newcomers do not make up for what buffers left behind.
    private long LeftBehind(long reserved, int open) => _mostReserved - reserved + ((_mostOpen - open) * PerConnection);

    private void End(long reserved, int open)
    {
        (long mostReserved, int mostOpen) = (_mostReserved, _mostOpen);
        (_mostReserved, _mostOpen) = (reserved, open);
        if (IsOn)
        {
            long began = _time.GetTimestamp();
            _collect();
            Log.Collected(_logger, mostReserved, reserved, mostOpen, open, _time.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(250, LogLevel.Debug, "A burst is over: buffers held {MostBytes} bytes, now {Bytes}, and {MostConnections} connections were open, now {Connections}. A compacting collection took {Milliseconds} ms")]
        public static partial void Collected(ILogger logger, long mostBytes, long bytes, int mostConnections, int connections, double milliseconds);
    }
}
