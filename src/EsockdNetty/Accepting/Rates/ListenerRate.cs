namespace EsockdNetty.Accepting.Rates;

/// <summary>A listener's own rate, which may be switched on and off while it runs: without one, a bucket so large that nobody finds it empty.</summary>
internal sealed class ListenerRate
{
    private static readonly ConnectionRate Unlimited = new(int.MaxValue, TimeSpan.FromSeconds(1));

    public ListenerRate(ConnectionRate? rate, TimeProvider time)
    {
        Bucket = new TokenBucket(rate ?? Unlimited, time);
        IsLimited = rate is not null;
    }

    public TokenBucket Bucket { get; }

    public bool IsLimited { get; private set; }

    /// <summary>Holds at once; whoever waits is let in where there is room now.</summary>
    public void Change(ConnectionRate? rate)
    {
        IsLimited = rate is not null;
        if (Bucket.Rate != (rate ?? Unlimited))
        {
            Bucket.Rate = rate ?? Unlimited;
        }
    }
}
