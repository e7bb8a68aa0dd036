namespace EsockdNetty.Benchmarks.Load;

/// <summary>Latency in microseconds.</summary>
internal sealed record Latencies(double P50, double P99, double P999, double Max)
{
    public static Latencies Of(Histogram histogram) =>
        new(Micros(histogram.Percentile(0.5)), Micros(histogram.Percentile(0.99)), Micros(histogram.Percentile(0.999)), Micros(histogram.Max));

    private static double Micros(long nanoseconds) => nanoseconds / 1000.0;
}
