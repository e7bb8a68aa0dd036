namespace EsockdNetty.Accepting.Rates;

/// <summary>
/// How fast connections may come: <paramref name="Count"/> of them at once, then one every <paramref name="Period"/> / <paramref name="Count"/>.
/// So within any time t at most Count + t · Count / Period pass: no more than twice Count within one period, and Count a period in the long run.
/// </summary>
/// <param name="Count">Connections, at least 1.</param>
/// <param name="Period">The time in which so many may come again, above zero, 24 days at most.</param>
public sealed record ConnectionRate(int Count, TimeSpan Period)
{
    internal static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(24);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} in {Period}";

    /// <summary>Adds what is wrong with it, as the value of <paramref name="option"/>.</summary>
    internal void Validate(OptionFaults faults, string option)
    {
        faults.AtLeast($"{option}:Count", Count, 1);
        faults.Positive($"{option}:Period", Period);
    }
}
