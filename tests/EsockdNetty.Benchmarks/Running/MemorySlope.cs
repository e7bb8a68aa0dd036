using EsockdNetty.Benchmarks.Load;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Resident memory a connection: the slope of the least squares line, without the first step, which is also the process's own warming up.</summary>
internal static class MemorySlope
{
    /// <summary>Bytes a connection; not a number with fewer than three steps.</summary>
    public static double Of(IReadOnlyList<MemoryStep> steps)
    {
        if (steps.Count < 3)
            return double.NaN;

        MemoryStep[] taken = [.. steps.Skip(1)];
        double openMean = taken.Average(static step => (double)step.Open);
        double rssMean = taken.Average(static step => (double)step.Rss);
        double with = taken.Sum(step => (step.Open - openMean) * (step.Rss - rssMean));
        double square = taken.Sum(step => (step.Open - openMean) * (step.Open - openMean));
        return with / square;
    }
}
