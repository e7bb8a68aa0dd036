namespace EsockdNetty.Accepting.Rates;

/// <summary>Waits for a permit of an <see cref="IConnectionRateLimiter"/>. Called on any thread; must not block or throw.</summary>
internal interface IRateWaiter
{
    /// <summary>The permit is yours. Called once a wait.</summary>
    void OnPermit(IRatePermit permit);

    /// <summary>The limiter failed; the wait goes on.</summary>
    void OnFault(Exception fault);
}
