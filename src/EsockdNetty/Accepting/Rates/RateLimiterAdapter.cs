using System.Threading.RateLimiting;

namespace EsockdNetty.Accepting.Rates;

/// <summary>
/// Asks a <see cref="RateLimiter"/> of the user's, for one gate. The lease of one that is replenished by time is disposed at once, as it stands for
/// nothing; that of any other, a <see cref="ConcurrencyLimiter"/> or a chain, lives as long as the connection. What such a limiter by time has
/// given cannot be handed back.
/// </summary>
internal sealed class RateLimiterAdapter(RateLimiter limiter, TimeProvider? time = null) : IConnectionRateLimiter
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly bool _holdsLeases = limiter is not ReplenishingRateLimiter;
    private LimiterWait? _wait;

    public string Limit => limiter.GetType().Name;

    public void Join()
    {
    }

    public void Leave()
    {
    }

    public IRatePermit? TryTake()
    {
        RateLimitLease lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return PermitOf(lease);
        }

        lease.Dispose();
        return null;
    }

    public IRatePermit? TakeOrWait(IRateWaiter waiter)
    {
        if (TryTakeSafely() is { } permit)
        {
            return permit;
        }

        _wait = new LimiterWait(this, limiter, waiter, _time, new CancellationTokenSource());
        _ = _wait.RunAsync();
        return null;
    }

    public bool Withdraw(IRateWaiter waiter) => _wait is { } wait && wait.Withdraw();

    internal IRatePermit PermitOf(RateLimitLease lease) => new LeasePermit(lease, _holdsLeases);

    // One that throws will do so again in the wait, which tells.
    private IRatePermit? TryTakeSafely()
    {
        try
        {
            return TryTake();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
