namespace EsockdNetty.Benchmarks.Running;

/// <summary>What a figure is divided by.</summary>
internal enum Comparison
{
    /// <summary>The C server's of the same round.</summary>
    WithReference,

    /// <summary>Its own without looking before it sleeps, of the same round.</summary>
    WithoutSpinning,

    /// <summary>That of a plain loop over a socket, of the same round.</summary>
    WithSocketLoop,

    /// <summary>The same, for the transport on .NET's sockets alone.</summary>
    SocketsWithSocketLoop,

    /// <summary>Its own on one loop, of the same round.</summary>
    WithOneLoop,

    /// <summary>Nothing: it is judged as it is.</summary>
    None,
}
