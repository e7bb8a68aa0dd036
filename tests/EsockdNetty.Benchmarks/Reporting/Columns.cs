using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>The table's columns, the same on the console and in Markdown.</summary>
internal static class Columns
{
    public static IReadOnlyList<(string Title, Func<Row, string> Text)> All { get; } =
    [
        ("workload", static row => row.Workload.Name),
        ("subject", static row => row.Subject),
        ("figure", FigureOf),
        ("ratio", static row => Number(row.Ratio?.Median)),
        ("90 %", static row => Spread(row.Workload.Comparison == Comparison.None ? row.Value : row.Ratio)),
        ("budget", static row => Number(row.Limit)),
        ("verdict", static row => row.Verdict == Verdict.None ? "" : row.Verdict.ToString().ToLowerInvariant()),
        ("rounds", static row => $"{row.Rounds}"),
        ("per s", static row => row.Rate > 0 ? $"{row.Rate:#,0}" : ""),
        ("busy", static row => $"{row.Busy:0.00}"),
        ("p50 µs", static row => Micros(row.Latency?.P50)),
        ("p99 µs", static row => Micros(row.Latency?.P99)),
        ("p99.9 µs", static row => Micros(row.Latency?.P999)),
        ("B/unit", static row => row.ManagedPerConnection is { } held ? $"{held:#,0} held" : row.AllocatedPerUnit is { } allocated ? $"{allocated:#,0.0}" : ""),
        ("GCs", static row => row.Collections is { } count ? $"{count:0}" : ""),
        ("RSS MiB", static row => $"{row.Rss:0}"),
        ("first echo ms", static row => row.FirstEchoMilliseconds is { } first ? $"{first:0}" : ""),
    ];

    private static string FigureOf(Row row) => row.Value is not { } value ? "" : row.Workload.Measure switch
    {
        Measure.Memory => $"{value.Median:0.00} KB, {row.Open:#,0} open",
        _ => $"{value.Median:0.000} µs",
    };

    private static string Spread(Interval? interval) =>
        interval is null ? "" : $"{interval.Low:0.00}–{interval.High:0.00}{(interval.Sure ? "" : " (all)")}";

    private static string Number(double? number) => number is { } known ? $"{known:0.00}" : "";

    private static string Micros(double? micros) => micros is { } known and > 0 ? $"{known:#,0}" : "";
}
