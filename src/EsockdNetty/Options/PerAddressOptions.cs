using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty;

/// <summary>
/// What one client address may have. An IPv6 address counts with its prefix, and unix peers have no limit.
/// </summary>
/// <param name="MaxConnections">Live connections above which it gets no more, at least 1. Default: null, as many as it likes.</param>
/// <param name="Rate">How fast it may connect. Default: null, as fast as it likes.</param>
public sealed record PerAddressOptions(int? MaxConnections = null, AddressRate? Rate = null)
{
    /// <summary>Bits of an IPv6 address that are one client, 1 to 128. Default: 64.</summary>
    public int IPv6Prefix { get; init; } = ClientAddress.DefaultIPv6Prefix;

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Limits:PerAddress:MaxConnections", MaxConnections, 1);
        faults.Within("Limits:PerAddress:IPv6Prefix", IPv6Prefix, 1, AddressKey.Bits);
        if (Rate is { } rate)
        {
            faults.AtLeast("Limits:PerAddress:Rate:Connections", rate.Connections, 1);
            if (rate.Period < AddressRate.ShortestPeriod || rate.Period > AddressRate.LongestPeriod)
            {
                faults.Add("Limits:PerAddress:Rate:Period", rate.Period, "use 1 ms to a day");
            }
        }
    }
}
