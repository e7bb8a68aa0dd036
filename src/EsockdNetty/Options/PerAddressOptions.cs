using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty;

/// <summary>What one client address may have: a value, set as a whole. An IPv6 address counts with its prefix, and unix peers have no limit.</summary>
public sealed record PerAddressOptions
{
    /// <summary>No limit.</summary>
    public PerAddressOptions()
    {
    }

    /// <summary>So many live connections, and a rate where one is given.</summary>
    public PerAddressOptions(int maxConnections, AddressRate? rate = null)
    {
        MaxConnections = maxConnections;
        Rate = rate;
    }

    /// <summary>Live connections above which an address gets no more, at least 1. Default: null, as many as it likes.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>How fast an address may connect. Default: null, as fast as it likes.</summary>
    public AddressRate? Rate { get; init; }

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
