#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Utilities;

/// <summary>
/// A timer for very many timeouts that need no exact time, such as those of connections: setting and cancelling one costs the same however many there
/// are. Time goes in ticks; a task runs at the first tick after its time, never before. While nothing is pending its thread sleeps;
/// it lives until the timer is stopped, so share one timer.
/// </summary>
public sealed partial class HashedWheelTimer : ITimer
{
    private const int DefaultTicksPerWheel = 512;
    private const int MaxTicksPerWheel = 1 << 30;

    private static readonly TimeSpan DefaultTickInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly TimerWheel _wheel;
    private readonly long _tickInterval;
    private readonly long _maxPending;
    private readonly long _began;

    /// <summary>Ticks of 100 ms, 512 to a wheel, any number pending.</summary>
    public HashedWheelTimer()
        : this(DefaultTickInterval, DefaultTicksPerWheel, 0)
    {
    }

    /// <param name="tickInterval">How exact the timer is. It is exact to a millisecond at best.</param>
    /// <param name="ticksPerWheel">From 1 to 2³⁰, rounded up to a power of two. Best a little more than the ticks of the usual delay.</param>
    /// <param name="maxPendingTimeouts">Timeouts pending above which <see cref="NewTimeout"/> is refused; 0 or less is no limit.</param>
    public HashedWheelTimer(TimeSpan tickInterval, int ticksPerWheel, long maxPendingTimeouts)
        : this(TimeProvider.System, tickInterval, ticksPerWheel, maxPendingTimeouts)
    {
    }

    internal HashedWheelTimer(TimeProvider time, TimeSpan tickInterval, int ticksPerWheel, long maxPendingTimeouts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tickInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerWheel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticksPerWheel, MaxTicksPerWheel);
        _time = time;
        _tickInterval = tickInterval.Ticks;
        _maxPending = maxPendingTimeouts > 0 ? maxPendingTimeouts : long.MaxValue;
        _wheel = new TimerWheel(ticksPerWheel);
        _began = time.GetTimestamp();
        _worker = new Thread(Run) { IsBackground = true, Name = "hashed-wheel-timer" };
    }

    internal long Pending => _wheel.Pending;

    private long Elapsed => _time.GetElapsedTime(_began).Ticks;

    /// <inheritdoc/>
    public ITimeout NewTimeout(ITimerTask task, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!TryStart())
            throw new RejectedExecutionException("The timer was stopped.");
        if (!_wheel.TryReserve(_maxPending))
            throw new RejectedExecutionException($"{_maxPending} timeouts are pending already, as many as this timer allows.");

        var timeout = new WheelTimeout(this, task);
        try
        {
            _wheel.Add(timeout, TickAfter(delay));
        }
        catch (ObjectDisposedException)
        {
            _wheel.GiveBack();
            throw new RejectedExecutionException("The timer was stopped.");
        }

        WakeIdle();
        return timeout;
    }

    internal bool Cancel(WheelTimeout timeout)
    {
        if (!timeout.Bucket.TryCancel(timeout))
            return false;

        _wheel.GiveBack();
        return true;
    }

    /// <summary>The first tick at which the delay is over. Added up in 128 bits, since a delay may be as long as a TimeSpan.</summary>
    private long TickAfter(TimeSpan delay)
    {
        Int128 due = (Int128)Elapsed + Math.Max(0, delay.Ticks);
        return (long)((due + _tickInterval - 1) / _tickInterval);
    }
}
