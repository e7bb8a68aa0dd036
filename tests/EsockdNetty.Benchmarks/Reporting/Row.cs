using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>One line of the table: a contender in a workload, the medians of its rounds.</summary>
internal sealed record Row(Workload Workload, string Subject, int Rounds)
{
    /// <summary>The compared figure itself: microseconds or KB, by the workload's measure.</summary>
    public Interval? Value { get; init; }

    /// <summary>It divided by the baseline's of the same round.</summary>
    public Interval? Ratio { get; init; }

    public double? Limit { get; init; }

    public Verdict Verdict { get; init; }

    public double Rate { get; init; }

    /// <summary>Corrected for coordinated omission; null where there is no message to time.</summary>
    public Latencies? Latency { get; init; }

    /// <summary>Connections that were open at the end, each with its echo.</summary>
    public double Open { get; init; }

    /// <summary>The share of a processor that the server used.</summary>
    public double Busy { get; init; }

    public double? AllocatedPerUnit { get; init; }

    public double? Collections { get; init; }

    public double? ManagedPerConnection { get; init; }

    public double? FirstEchoMilliseconds { get; init; }

    /// <summary>MiB.</summary>
    public double Rss { get; init; }

    /// <summary>The rows of a workload; one without a sample has none.</summary>
    public static IEnumerable<Row> Of(Workload workload, IReadOnlyList<Contender> contenders, SampleTable samples) =>
        from contender in contenders
        let own = samples.Of(contender.Label)
        where own.Count > 0
        select Of(workload, contender, own, samples);

    private static Row Of(Workload workload, Contender contender, IReadOnlyList<Sample> own, SampleTable samples)
    {
        IReadOnlyList<double> ratios = contender.Baseline is { } baseline ? samples.Ratios(contender.Label, baseline) : [];
        var value = Interval.Of([.. own.Select(static sample => sample.Value)]);
        var ratio = Interval.Of(ratios);
        double? limit = contender.Label == Budget.BoundBy(workload) ? Budget.Of(workload.Name) : null;
        Interval? judged = workload.Comparison == Comparison.None ? value : ratio;
        return new Row(workload, contender.Label, own.Count)
        {
            Value = value,
            Ratio = ratio,
            Limit = limit,
            Verdict = Budget.Judge(judged, limit, own.Count),
            Rate = Median(own, static sample => sample.Load.Rate) ?? 0,
            Open = Median(own, static sample => sample.Load.Open) ?? 0,
            Latency = LatencyOf(own),
            Busy = Median(own, static sample => sample.Load.ServerCpu / sample.Load.Seconds) ?? 0,
            AllocatedPerUnit = Median(own, static sample => sample.AllocatedPerUnit),
            Collections = Median(own, static sample => sample.Collections),
            ManagedPerConnection = Median(own, static sample => sample.ManagedPerConnection),
            FirstEchoMilliseconds = Median(own, static sample => sample.FirstEcho?.TotalMilliseconds),
            Rss = (Median(own, static sample => sample.Load.ServerRss) ?? 0) / (1024 * 1024),
        };
    }

    private static Latencies? LatencyOf(IReadOnlyList<Sample> own) =>
        Median(own, static sample => sample.Load.Corrected?.P50) is { } p50
        && Median(own, static sample => sample.Load.Corrected?.P99) is { } p99
        && Median(own, static sample => sample.Load.Corrected?.P999) is { } p999
        && Median(own, static sample => sample.Load.Corrected?.Max) is { } max
            ? new Latencies(p50, p99, p999, max)
            : null;

    private static double? Median(IReadOnlyList<Sample> samples, Func<Sample, double?> figure) =>
        Interval.Of([.. samples.Select(figure).OfType<double>()])?.Median;
}
