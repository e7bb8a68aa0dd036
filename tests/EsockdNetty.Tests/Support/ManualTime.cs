namespace EsockdNetty.Tests.Support;

/// <summary>Time that passes when a test says so; what is due then runs in the call that says so, in order, each at its own time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _now = TimeSpan.TicksPerDay;

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
        long end = GetTimestamp() + time.Ticks;

        // With a context of xunit's around it, a method that waits for the timer would go on later and on another thread.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        while (TakeDue(end) is { } timer)
        {
            timer.Run();
        }

        SynchronizationContext.SetSynchronizationContext(context);
        Interlocked.Exchange(ref _now, end);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private Timer? TakeDue(long end)
    {
        lock (_gate)
        {
            Timer? first = _timers.MinBy(static timer => timer.Due);
            if (first is null || first.Due > end)
            {
                return null;
            }

            Interlocked.Exchange(ref _now, Math.Max(_now, first.Due));
            first.TakeTurn();
            return first;
        }
    }

    private sealed class Timer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; }

        public void Run() => callback();

        /// <summary>Under the lock: its next turn, if it has one.</summary>
        public void TakeTurn() => SetTo(_period > TimeSpan.Zero ? Due + _period.Ticks : null);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                SetTo(dueTime == Timeout.InfiniteTimeSpan ? null : time.GetTimestamp() + dueTime.Ticks);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void SetTo(long? due)
        {
            time._timers.Remove(this);
            if (due is { } at)
            {
                Due = at;
                time._timers.Add(this);
            }
        }
    }
}
