namespace EsockdNetty.Connections.Traffic;

/// <summary>So many a second in the long run, and so many at once after a quiet time.</summary>
/// <param name="PerSecond">At least 1.</param>
/// <param name="Burst">At least 1. Default: null, what comes in one second.</param>
public sealed record TrafficRate(long PerSecond, long? Burst = null)
{
    internal long Most => Burst ?? PerSecond;

    /// <summary>Adds what is wrong with it, as the value of <paramref name="option"/>.</summary>
    internal void Validate(OptionFaults faults, string option)
    {
        faults.AtLeast($"{option}:PerSecond", PerSecond, 1);
        faults.AtLeast($"{option}:Burst", Burst, 1);
    }

    internal static TrafficRate? Check(TrafficRate? rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate?.PerSecond ?? 1, 1, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfLessThan(rate?.Burst ?? 1, 1, nameof(rate));
        return rate;
    }
}
