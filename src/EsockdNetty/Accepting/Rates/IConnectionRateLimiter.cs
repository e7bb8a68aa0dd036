namespace EsockdNetty.Accepting.Rates;

/// <summary>Says when the next connection may come. Any thread.</summary>
internal interface IConnectionRateLimiter
{
    /// <summary>How fast they may come, in words.</summary>
    string Limit { get; }

    /// <summary>A listener begins to ask.</summary>
    void Join();

    /// <summary>It asks no more.</summary>
    void Leave();

    /// <summary>Takes a permit if there is one now, else null.</summary>
    IRatePermit? TryTake();

    /// <summary>Takes a permit now; or null, and <paramref name="waiter"/> is given one when there is one. A waiter waits for one at a time.</summary>
    IRatePermit? TakeOrWait(IRateWaiter waiter);

    /// <summary>Ends a wait.</summary>
    /// <returns>False when the permit has been given, or is on its way.</returns>
    bool Withdraw(IRateWaiter waiter);
}
