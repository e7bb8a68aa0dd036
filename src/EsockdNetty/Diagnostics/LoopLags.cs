namespace EsockdNetty.Diagnostics;

/// <summary>
/// How long what waits for a server's loops has to wait: looks once a second at how long their last round took, and at whether one stands still
/// with work to do. Off the loops, and of no cost to them.
/// </summary>
internal sealed class LoopLags : IDisposable
{
    private const int Kept = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly WatchedLoop[] _loops;
    private readonly long[] _recent = new long[Kept];
    private readonly ITimer _timer;
    private int _next;

    public LoopLags(IEnumerable<LoopProbe> loops, TimeProvider time)
    {
        _loops = [.. loops.Select(loop => new WatchedLoop(loop, time))];
        _timer = time.CreateTimer(static self => ((LoopLags)self!).Look(), this, Interval, Interval);
    }

    /// <summary>Told of each lag that was seen, on a thread of the pool; a loop that had nothing to do is not told of.</summary>
    public Action<TimeSpan>? Seen { get; set; }

    /// <summary>The longest of the last 5 looks. Any thread.</summary>
    public TimeSpan Longest
    {
        get
        {
            long longest = 0;
            foreach (ref long lag in _recent.AsSpan())
            {
                longest = Math.Max(longest, Volatile.Read(ref lag));
            }

            return TimeSpan.FromTicks(longest);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (WatchedLoop loop in _loops)
        {
            if (loop.Look() is { } lag)
            {
                Seen?.Invoke(lag);
                longest = lag > longest ? lag : longest;
            }
        }

        Volatile.Write(ref _recent[_next++ % Kept], longest.Ticks);
    }

    private sealed class WatchedLoop(LoopProbe loop, TimeProvider time)
    {
        private long _rounds = loop.Rounds();
        private long _turnedAt = time.GetTimestamp();

        /// <summary>Null when it has had nothing to do.</summary>
        public TimeSpan? Look()
        {
            long now = time.GetTimestamp();
            bool turned = Turned();
            if (!turned && loop.HasWork())
            {
                return time.GetElapsedTime(_turnedAt, now);
            }

            _turnedAt = now;
            return turned ? loop.LastRound() : null;
        }

        private bool Turned()
        {
            long before = _rounds;
            _rounds = loop.Rounds();
            return _rounds != before;
        }
    }
}
