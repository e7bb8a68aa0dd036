namespace EsockdNetty.Accepting;

/// <summary>Why a gate refused a connection. The same words stand in logs, metrics and statistics.</summary>
public enum RefusalReason
{
    /// <summary>The listener has as many connections as it may.</summary>
    MaxConnections,

    /// <summary>All listeners together have as many connections as they may.</summary>
    ServerMaxConnections,

    /// <summary>The process has hardly a descriptor left.</summary>
    DescriptorReserve,

    /// <summary>The gate itself failed.</summary>
    GateFault,

    /// <summary>The listener's access rules deny the client.</summary>
    AccessDenied,

    /// <summary>The client is banned.</summary>
    Banned,

    /// <summary>The client's address has as many connections as it may.</summary>
    AddressLimit,

    /// <summary>The client's address connects faster than it may.</summary>
    AddressRate,

    /// <summary>Connections come faster than they may.</summary>
    Rate,

    /// <summary>The client had reset it before it was accepted: there is nobody to serve.</summary>
    PeerGone,

    /// <summary>The server cannot cope with the connections it has: its loops lag, memory runs short, or the application says so.</summary>
    Overload,

    /// <summary>The limiter of the user's own has no permit (<see cref="LimitOptions.RateLimiter"/>).</summary>
    RateLimiter,
}
