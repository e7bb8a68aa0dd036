using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Reporting;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Reporting;

/// <summary>Results as a run might have them, with text that no format may swallow.</summary>
internal static class Example
{
    public static Results Results { get; } = new(
        new MachineFacts("<a & b>", 2, "Linux", ".NET", "abc"),
        new RunOptions(),
        [
            NewRow("c64", "C epoll", 1.00),
            NewRow("c64", Budget.Subject, 1.25) with { Limit = 1.10, Verdict = Verdict.Missed },
            NewRow("idle", "Kestrel | <x>", 4.6) with { Ratio = null },
        ],
        ["left out: no gcc | really", "two\nlines"],
        Lost: false);

    private static Row NewRow(string workload, string subject, double value) => new(WorkloadCatalog.All.Single(known => known.Name == workload), subject, 7)
    {
        Value = new Interval(value, value - 0.1, value + 0.1, Sure: true),
        Ratio = new Interval(value, value - 0.05, value + 0.05, Sure: true),
        Rate = 123_456,
        Latency = new Latencies(10, 20, 3_000, 40_000),
    };
}
