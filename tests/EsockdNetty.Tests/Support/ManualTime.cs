namespace EsockdNetty.Tests.Support;

/// <summary>Time that passes when a test says so; what is due then runs in the call that says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time)
    {
        long end = GetTimestamp() + time.Ticks;
        while (Due(end) is { } timer)
        {
            timer.Run();
        }

        Interlocked.Exchange(ref _now, end);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    private Timer? Due(long end)
    {
        lock (_gate)
        {
            Timer? first = _timers.Where(timer => timer.At <= end).MinBy(timer => timer.At);
            if (first is not null)
            {
                Interlocked.Exchange(ref _now, Math.Max(_now, first.At));
            }

            return first;
        }
    }

    private sealed class Timer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public long At { get; private set; } = long.MaxValue;

        public void Run()
        {
            At = _period > TimeSpan.Zero ? At + _period.Ticks : long.MaxValue;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            At = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            _period = period;
            return true;
        }

        public void Dispose() => At = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
