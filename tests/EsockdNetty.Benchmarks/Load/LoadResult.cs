namespace EsockdNetty.Benchmarks.Load;

/// <summary>What a run of the generator found.</summary>
internal sealed record LoadResult
{
    /// <summary>The seconds that were measured.</summary>
    public double Seconds { get; init; }

    /// <summary>Messages, connections or handshakes that were measured.</summary>
    public long Units { get; init; }

    /// <summary>The same from the beginning of the pause before to the end of the pause after.</summary>
    public long UnitsWithPauses { get; init; }

    /// <summary>The same from the first connection on, the time of warming up included.</summary>
    public long AllUnits { get; init; }

    /// <summary>Connections open at the end.</summary>
    public int Open { get; init; }

    /// <summary>Seconds of processor time of the server while it was measured.</summary>
    public double ServerCpu { get; init; }

    /// <summary>The same from the start of its process to the end of the measurement.</summary>
    public double ServerCpuAtEnd { get; init; }

    /// <summary>The generator's own.</summary>
    public double LoadCpu { get; init; }

    public long ServerRss { get; init; }

    /// <summary>As it was seen: in a closed loop from the send, in an open one from the time it should have been sent.</summary>
    public Latencies? Latency { get; init; }

    /// <summary>Corrected for coordinated omission; in an open loop there is nothing to correct.</summary>
    public Latencies? Corrected { get; init; }

    /// <summary>The monotonic clock of the machine, in nanoseconds, when the first message had come back.</summary>
    public long FirstEcho { get; init; }

    /// <summary>The server's memory while idle connections were opened.</summary>
    public IReadOnlyList<MemoryStep> Steps { get; init; } = [];

    public long Mismatches { get; init; }

    public long Errors { get; init; }

    /// <summary>The first failures, in words.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    public double Rate => Seconds > 0 ? Units / Seconds : 0;

    /// <summary>Microseconds of the server's processor time per message, connection or handshake.</summary>
    public double CpuPerUnit => Units > 0 ? ServerCpu * 1e6 / Units : 0;
}
