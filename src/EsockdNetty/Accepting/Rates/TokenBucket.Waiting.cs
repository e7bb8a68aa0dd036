namespace EsockdNetty.Accepting.Rates;

/// <summary>Those who wait for a token, first come first served, and the one timer that wakes the first of them.</summary>
public sealed partial class TokenBucket
{
    private readonly LinkedList<IRateWaiter> _waiters = new();
    private ITimer? _timer;

    IRatePermit? IConnectionRateLimiter.TakeOrWait(IRateWaiter waiter)
    {
        lock (_gate)
        {
            // Nobody passes those who wait already.
            if (_waiters.Count == 0 && Reserve() is { } permit)
            {
                return permit;
            }

            _waiters.AddLast(waiter);
            SetTimer();
            return null;
        }
    }

    bool IConnectionRateLimiter.Withdraw(IRateWaiter waiter)
    {
        lock (_gate)
        {
            bool withdrawn = _waiters.Remove(waiter);
            SetTimer();
            return withdrawn;
        }
    }

    private void ServeWaiters()
    {
        while (NextWaiter() is { } waiter)
        {
            waiter.OnPermit(this);
        }
    }

    private IRateWaiter? NextWaiter()
    {
        lock (_gate)
        {
            IRateWaiter? next = null;
            if (_waiters.First is { } first && Reserve() is not null)
            {
                _waiters.RemoveFirst();
                next = first.Value;
            }

            SetTimer();
            return next;
        }
    }

    private void SetTimer()
    {
        if (_waiters.Count > 0)
        {
            _timer ??= _time.CreateTimer(static bucket => ((TokenBucket)bucket!).ServeWaiters(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(UntilNextToken(), Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    // In whole milliseconds, like the system's timers, but rounded up: rounded down to none they would fire over and over.
    private TimeSpan UntilNextToken()
    {
        Fill();
        double ticks = Math.Ceiling((double)Int128.Max(_period - _credit, Int128.Zero) / _rate.Count);
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(ticks * 1000 / _time.TimestampFrequency)));
    }
}
