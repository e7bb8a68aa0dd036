namespace EsockdNetty.Connections.Traffic;

/// <summary>
/// How much may be received, in bytes or in messages, from each connection and from all that share this object. Rates change at any time: a
/// connection that waits looks again within a second. Any thread.
/// </summary>
public sealed class TrafficLimit
{
    private TrafficRate? _perConnection;
    private TrafficRate? _total;

    /// <summary>Without limit at first.</summary>
    public TrafficLimit() => Shared = new SharedTraffic(this);

    /// <summary>From one connection; null: without limit. Default: null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate or burst of less than 1.</exception>
    public TrafficRate? PerConnection
    {
        get => Volatile.Read(ref _perConnection);
        set => Volatile.Write(ref _perConnection, TrafficRate.Check(value));
    }

    /// <summary>From all connections together; null: without limit. Default: null. Those that wait take turns, first come first served.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate or burst of less than 1.</exception>
    public TrafficRate? Total
    {
        get => Volatile.Read(ref _total);
        set => Volatile.Write(ref _total, TrafficRate.Check(value));
    }

    internal SharedTraffic Shared { get; }
}
