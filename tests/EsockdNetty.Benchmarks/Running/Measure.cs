namespace EsockdNetty.Benchmarks.Running;

/// <summary>The figure of a workload that is compared.</summary>
internal enum Measure
{
    /// <summary>Microseconds of the server's processor time a message, connection or handshake.</summary>
    Cpu,

    /// <summary>The same of the first second of a process, its start included in neither; with the time from its start to the first echo.</summary>
    ColdCpu,

    /// <summary>Microseconds of one loop's time a message: what a loop more is worth.</summary>
    Capacity,

    /// <summary>Microseconds a round trip: one second by the rate.</summary>
    RoundTrip,

    /// <summary>KB of resident memory a connection: the slope over growing numbers of them.</summary>
    Memory,
}
