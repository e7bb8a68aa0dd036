using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;

namespace EsockdNetty;

/// <summary>
/// When clients are banned by what they do. Off by default: a kind of abuse counts only when it has points. An address behind which many clients
/// stand is banned with all of them.
/// </summary>
public sealed class BanOptions
{
    private const int MostPoints = 1_000_000;

    /// <summary>
    /// Points for a frame that is too long, was not ended in time or cannot be one, also in a DotNetty decoder among the handlers. Default: null, it
    /// does not count.
    /// </summary>
    public int? BadFraming { get; set; }

    /// <summary>Points for a TLS handshake that failed or was not done in time. Default: null, it does not count.</summary>
    public int? FailedHandshake { get; set; }

    /// <summary>Points for a connection that the access rules deny. Default: null, it does not count.</summary>
    public int? Denied { get; set; }

    /// <summary>Points for a connection above the rate of its address. Default: null, it does not count.</summary>
    public int? RateExceeded { get; set; }

    /// <summary>Points at which a client is banned. Default: 10.</summary>
    public int Threshold { get; set; } = 10;

    /// <summary>Points are forgotten so long after the first of them. Default: 1 minute.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a client is banned. Default: 10 minutes.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Addresses and CIDR blocks that are never banned: <c>10.0.0.0/8</c>. Default: none.</summary>
    public IList<string> NeverBan { get; private set; } = [];

    /// <summary>Bits of an IPv6 address that are one client, 1 to 128. Default: 64.</summary>
    public int IPv6Prefix { get; set; } = ClientAddress.DefaultIPv6Prefix;

    internal int? PointsFor(Abuse abuse) => abuse switch
    {
        Abuse.BadFraming => BadFraming,
        Abuse.FailedHandshake => FailedHandshake,
        Abuse.Denied => Denied,
        Abuse.RateExceeded => RateExceeded,
        _ => null,
    };

    /// <summary><see cref="NeverBan"/>, read; only of options without a fault.</summary>
    internal System.Net.IPNetwork[] NeverBanNetworks() =>
        [.. NeverBan.Select(static text => AddressBlock.TryParse(text, out AddressBlock block) ? block.ToNetwork() : default)];

    internal void SetNeverBan(IEnumerable<System.Net.IPNetwork> networks) => NeverBan = [.. networks.Select(static network => network.ToString())];

    internal void Validate(OptionFaults faults)
    {
        Points(faults, nameof(BadFraming), BadFraming);
        Points(faults, nameof(FailedHandshake), FailedHandshake);
        Points(faults, nameof(Denied), Denied);
        Points(faults, nameof(RateExceeded), RateExceeded);
        Points(faults, nameof(Threshold), Threshold);
        faults.Positive("Bans:Window", Window);
        faults.Positive("Bans:Duration", Duration);
        faults.Within("Bans:IPv6Prefix", IPv6Prefix, 1, AddressKey.Bits);
        for (int i = 0; i < NeverBan.Count; i++)
        {
            if (!AddressBlock.TryParse(NeverBan[i] ?? "", out _))
            {
                faults.Add($"Bans:NeverBan:{i}", NeverBan[i], $"use {AddressBlock.Accepted}");
            }
        }
    }

    internal BanOptions Copy()
    {
        var copy = (BanOptions)MemberwiseClone();
        copy.NeverBan = [.. NeverBan];
        return copy;
    }

    private static void Points(OptionFaults faults, string option, int? points)
    {
        if (points is { } some)
        {
            faults.Within($"Bans:{option}", some, 1, MostPoints);
        }
    }
}
