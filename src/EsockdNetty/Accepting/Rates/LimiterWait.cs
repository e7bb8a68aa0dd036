using System.Threading.RateLimiting;

namespace EsockdNetty.Accepting.Rates;

/// <summary>
/// One wait for a lease: in the limiter's own queue; where that has no place, it asks again when the limiter says so, or after 10 ms. A limiter
/// that throws is asked again after a second.
/// </summary>
internal sealed class LimiterWait(RateLimiterAdapter owner, RateLimiter limiter, IRateWaiter waiter, TimeProvider time, CancellationTokenSource withdrawn)
{
    private const int Waiting = 0;
    private const int Over = 1;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private int _state;

    private bool IsWaiting => Volatile.Read(ref _state) == Waiting;

    /// <summary>Waits until a permit was given or the wait was withdrawn. Catches everything, since nobody awaits it.</summary>
    public async Task RunAsync()
    {
        while (IsWaiting)
        {
            TimeSpan pause = await AskAsync().ConfigureAwait(false);
            if (IsWaiting)
            {
                await Task.Delay(pause, time, withdrawn.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when the permit has been given, or is on its way.</returns>
    public bool Withdraw()
    {
        if (!End())
        {
            return false;
        }

        withdrawn.Cancel();
        return true;
    }

    /// <returns>How long to wait before asking again, if the wait goes on.</returns>
    private async ValueTask<TimeSpan> AskAsync()
    {
        try
        {
            RateLimitLease lease = await limiter.AcquireAsync(1, withdrawn.Token).ConfigureAwait(false);
            return lease.IsAcquired ? Give(lease) : PauseOf(lease);
        }
        catch (Exception) when (!IsWaiting)
        {
            return TimeSpan.Zero;
        }
        catch (Exception fault)
        {
            waiter.OnFault(fault);
            return LongestPause;
        }
    }

    private TimeSpan Give(RateLimitLease lease)
    {
        if (End())
        {
            waiter.OnPermit(owner.PermitOf(lease));
        }
        else
        {
            lease.Dispose();
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan PauseOf(RateLimitLease refused)
    {
        bool isTold = refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after);
        refused.Dispose();
        return isTold ? TimeSpan.FromTicks(Math.Clamp(after.Ticks, ShortestPause.Ticks, LongestPause.Ticks)) : ShortestPause;
    }

    private bool End() => Interlocked.Exchange(ref _state, Over) == Waiting;
}
