namespace EsockdNetty.Benchmarks.Running;

/// <summary>
/// A median and the 90 % interval around it, from order statistics: between the k-th smallest and the k-th largest value the true median lies
/// with a probability that only the number of values decides, whatever their distribution. The two k on either side of 90 % are interpolated
/// (Hettmansperger and Sheather, 1986). Fewer than five values have no such interval: it is then all of them, and <see cref="Sure"/> is false.
/// </summary>
internal sealed record Interval(double Median, double Low, double High, bool Sure)
{
    private const double Confidence = 0.9;

    public static Interval? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
            return null;

        double[] sorted = [.. values.Order()];
        int count = sorted.Length;
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        if (Coverage(count, 1) < Confidence)
            return new Interval(median, sorted[0], sorted[^1], Sure: false);

        int k = 1;
        while (Coverage(count, k + 1) >= Confidence)
            k++;
        double inwards = Inwards(count, k);
        return new Interval(
            median,
            sorted[k - 1] + (inwards * (sorted[k] - sorted[k - 1])),
            sorted[count - k] - (inwards * (sorted[count - k] - sorted[count - k - 1])),
            Sure: true);
    }

    // How far to go from the k-th value towards the next.
    private static double Inwards(int count, int k)
    {
        double outer = Coverage(count, k);
        double share = (outer - Confidence) / (outer - Coverage(count, k + 1));
        return (count - k) * share / (k + ((count - (2 * k)) * share));
    }

    // The probability that the median of the distribution lies between the k-th smallest and the k-th largest of so many values.
    private static double Coverage(int count, int k)
    {
        double below = 0;
        double term = Math.Pow(0.5, count);
        for (int i = 0; i < k; i++)
        {
            below += term;
            term *= (double)(count - i) / (i + 1);
        }

        return Math.Max(1 - (2 * below), 0);
    }
}
