namespace EsockdNetty.Tests.Accepting.Rates;

/// <summary>Time that passes when a test says so; timers fire on the test's thread, in order, each at its own time.</summary>
internal sealed class RateTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<RateTimer> _timers = [];
    private long _now = TimeSpan.FromHours(1).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are set.</summary>
    public int Armed
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time)
    {
        long target = GetTimestamp() + time.Ticks;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        Interlocked.Exchange(ref _now, target);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new RateTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private RateTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            RateTimer? first = _timers.MinBy(static timer => timer.Due);
            if (first is null || first.Due > target)
            {
                return null;
            }

            _timers.Remove(first);
            Interlocked.Exchange(ref _now, Math.Max(_now, first.Due));
            return first;
        }
    }

    private sealed class RateTimer(RateTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.GetTimestamp() + dueTime.Ticks;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
