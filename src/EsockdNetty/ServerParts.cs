using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;

namespace EsockdNetty;

/// <summary>What the listeners of a server share beside its loops.</summary>
internal sealed class ServerParts
{
    public ServerParts(int maxConnections, BanOptions bans)
    {
        Limit = new ConnectionLimit(maxConnections);
        Bans = new BanList(bans.IPv6Prefix) { NeverBan = NetworksOf(bans) };
        Score = new BanScore(Bans, bans);
        Abuse = Enum.GetValues<Abuse>().Any(kind => bans.PointsFor(kind) is not null) ? new AbuseReporter(Score) : null;
    }

    public ConnectionLimit Limit { get; }

    public BanList Bans { get; }

    public BanScore Score { get; }

    /// <summary>The stage that tells what connections ended by; null where nothing scores.</summary>
    public AbuseReporter? Abuse { get; }

    // Options without a fault have no other text.
    private static System.Net.IPNetwork[] NetworksOf(BanOptions bans) =>
        [.. bans.NeverBan.Select(static text => AddressBlock.TryParse(text, out AddressBlock block) ? block.ToNetwork() : default)];
}
