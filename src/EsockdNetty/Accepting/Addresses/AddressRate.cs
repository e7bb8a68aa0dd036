namespace EsockdNetty.Accepting.Addresses;

/// <summary>How fast one client address may connect: <see cref="Connections"/> at once, then one each time a <see cref="Connections"/>-th of the period has passed.</summary>
/// <param name="Connections">How many in a period, at least 1.</param>
/// <param name="Period">The period, 1 ms to a day.</param>
public sealed record AddressRate(int Connections, TimeSpan Period)
{
    internal static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(1);
    internal static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    /// <summary>Throws where one of the two is out of its range.</summary>
    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Connections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Period, ShortestPeriod);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Period, LongestPeriod);
    }
}
