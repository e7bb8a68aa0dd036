using System.Diagnostics;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>What one event loop of the generator counts. Only that loop writes; counts may be read from anywhere.</summary>
internal sealed class LoadLane(IEventLoop loop)
{
    private const int MostTold = 3;

    private readonly List<string> _failures = [];
    private readonly HashSet<IChannel> _channels = [];
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _goal;
    private int _ready;
    private long _units;
    private long _mismatches;
    private long _errors;

    public IEventLoop Loop { get; } = loop;

    public Histogram Latency { get; } = new();

    /// <summary>True when nothing more shall be sent, and what ends is no failure.</summary>
    public bool Stopping { get; private set; }

    public long Units => Volatile.Read(ref _units);

    public long Mismatches => Volatile.Read(ref _mismatches);

    public long Errors => Volatile.Read(ref _errors);

    public int Ready => Volatile.Read(ref _ready);

    /// <summary>The clock when the first message had come back, in nanoseconds; 0 before.</summary>
    public long FirstEcho { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    public IReadOnlyCollection<IChannel> Channels => _channels;

    /// <summary>The monotonic clock in nanoseconds.</summary>
    public static long Now => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    public void Count(long now, long latency, int units = 1)
    {
        if (FirstEcho == 0)
            FirstEcho = now;
        Latency.Add(latency, units);
        Volatile.Write(ref _units, _units + units);
    }

    /// <summary>Completes when that many connections of this lane are ready, or one has failed.</summary>
    public Task ReachAsync(int goal)
    {
        _goal = goal;
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Look();
        return _reached.Task;
    }

    /// <summary>A connection is open, and what was to be done at its opening is done.</summary>
    public void OneReady()
    {
        Volatile.Write(ref _ready, _ready + 1);
        Look();
    }

    public void Opened(IChannel channel) => _channels.Add(channel);

    public void Closed(IChannel channel) => _channels.Remove(channel);

    public void Mismatch(string text)
    {
        Volatile.Write(ref _mismatches, _mismatches + 1);
        Fail(text);
    }

    public void Fail(string text)
    {
        if (Stopping)
            return;

        Volatile.Write(ref _errors, _errors + 1);
        if (_failures.Count < MostTold)
            _failures.Add(text);
        _reached.TrySetResult();
    }

    public void Stop() => Stopping = true;

    private void Look()
    {
        if (_ready >= _goal || _errors > 0)
            _reached.TrySetResult();
    }
}
