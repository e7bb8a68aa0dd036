using EsockdNetty.Benchmarks.Load;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>One contender in one round.</summary>
/// <param name="Value">The figure that is compared, by the workload's measure: less is better.</param>
internal sealed record Sample(double Value, LoadResult Load)
{
    /// <summary>Managed bytes a message under load, without the opening of its connections; null where nobody tells.</summary>
    public double? AllocatedPerUnit { get; init; }

    public int? Collections { get; init; }

    /// <summary>Managed bytes a connection after a full collection.</summary>
    public double? ManagedPerConnection { get; init; }

    /// <summary>From the start of the process to the first echo.</summary>
    public TimeSpan? FirstEcho { get; init; }
}
