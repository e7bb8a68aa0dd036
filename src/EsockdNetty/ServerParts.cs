using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Connections.Budget;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Opening;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What the listeners of a server share beside its loops.</summary>
internal sealed class ServerParts : IDisposable
{
    private readonly BanLog _banLog;

    public ServerParts(int maxConnections, SocketServerOptions options, IReadOnlyList<IEventLoop> loops, ILogger logger)
    {
        Overload = new OverloadMonitor(options.Overload, loops, logger);
        Budget = new BufferBudget(options.BufferBudget ?? DefaultLimits.BufferBudget(), loops, logger);
        BanOptions bans = options.Bans;
        Handshakes = new HandshakeGate(options.Handshakes);
        Limit = new ConnectionLimit(maxConnections);
        Bans = new BanList(bans.IPv6Prefix) { NeverBan = NetworksOf(bans) };
        _banLog = new BanLog(loops[0], logger);
        Score = new BanScore(Bans, bans) { Banned = _banLog.Banned };
        Abuse = Enum.GetValues<Abuse>().Any(kind => bans.PointsFor(kind) is not null) ? new AbuseReporter(Score) : null;
    }

    public ConnectionLimit Limit { get; }

    public OverloadMonitor Overload { get; }

    public BufferBudget Budget { get; }

    public HandshakeGate Handshakes { get; }

    public BanList Bans { get; }

    public BanScore Score { get; }

    /// <summary>The stage that tells what connections ended by; null where nothing scores.</summary>
    public AbuseReporter? Abuse { get; }

    /// <summary>Begins to look after loops and memory.</summary>
    public void Start()
    {
        Overload.Start();
        Budget.Start();
    }

    /// <summary>When the loops have ended.</summary>
    public void Dispose()
    {
        Overload.Dispose();
        Budget.Dispose();
        _banLog.Flush();
    }

    // Options without a fault have no other text.
    private static System.Net.IPNetwork[] NetworksOf(BanOptions bans) =>
        [.. bans.NeverBan.Select(static text => AddressBlock.TryParse(text, out AddressBlock block) ? block.ToNetwork() : default)];
}
