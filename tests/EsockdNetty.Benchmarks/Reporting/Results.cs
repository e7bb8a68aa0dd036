using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>All that a run has found.</summary>
/// <param name="Notes">What was left out, lost or done otherwise, and why.</param>
/// <param name="Lost">True when something failed that should have been measured.</param>
internal sealed record Results(MachineFacts Facts, RunOptions Options, IReadOnlyList<Row> Rows, IReadOnlyList<string> Notes, bool Lost)
{
    /// <summary>Workloads that were asked for and are still to come, or never came because the run ended.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
