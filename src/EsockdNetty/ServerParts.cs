using System.Net;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Connections.Budget;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Memory;
using EsockdNetty.Opening;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What the listeners of a server share beside its loops.</summary>
internal sealed class ServerParts : IDisposable
{
    private readonly BanLog _banLog;
    private volatile AbuseReporter? _abuse;

    public ServerParts(SocketServerOptions options, IReadOnlyList<IEventLoop> loops, ILogger logger)
    {
        Overload = new OverloadMonitor(options.Overload, loops, logger);
        Budget = new BufferBudget(BufferBudgetOf(options), loops, logger);
        Handshakes = new HandshakeGate(options.Handshakes);
        Limit = new ConnectionLimit(MaxConnectionsOf(options));
        Bursts = new BurstCollector(() => Limit.Count, logger) { IsOn = options.CollectAfterBurst };
        Bans = new BanList(options.Bans.IPv6Prefix) { NeverBan = options.Bans.NeverBanNetworks() };
        _banLog = new BanLog(loops[0], logger);
        Score = new BanScore(Bans, options.Bans) { Banned = _banLog.Banned };
        SetAbuse(options.Bans);
    }

    public ConnectionLimit Limit { get; }

    public OverloadMonitor Overload { get; }

    public BufferBudget Budget { get; }

    public BurstCollector Bursts { get; }

    public HandshakeGate Handshakes { get; }

    public BanList Bans { get; }

    public BanScore Score { get; }

    /// <summary>The stage that tells what connections ended by; null where nothing scores.</summary>
    public AbuseReporter? Abuse => _abuse;

    /// <summary>Begins to look after loops and memory.</summary>
    public void Start()
    {
        Overload.Start();
        Budget.Start();
        Bursts.Start();
    }

    /// <summary>
    /// Puts options that were found good into effect. Nothing here can fail, so either all of them hold or none. Who is never banned stays so unless
    /// there are others to replace them: they change by call too, and the options know nothing of that.
    /// </summary>
    public void Apply(SocketServerOptions before, SocketServerOptions next, IReadOnlyList<IPNetwork>? neverBan)
    {
        // A default is reckoned when it is chosen: what the process has opened since must not change it.
        if (next.MaxConnections != before.MaxConnections)
        {
            Limit.Limit = MaxConnectionsOf(next);
        }

        if (next.BufferBudget != before.BufferBudget)
        {
            Budget.Bytes = BufferBudgetOf(next);
        }

        Bursts.IsOn = next.CollectAfterBurst;
        Overload.Change(next.Overload);
        Handshakes.Limit = next.Handshakes;
        if (neverBan is not null)
        {
            Bans.NeverBan = neverBan;
        }

        Score.Change(next.Bans);
        SetAbuse(next.Bans);
    }

    /// <summary>When the loops have ended.</summary>
    public void Dispose()
    {
        Overload.Dispose();
        Budget.Dispose();
        Bursts.Dispose();
        _banLog.Flush();
    }

    private static int MaxConnectionsOf(SocketServerOptions options) => options.MaxConnections ?? DefaultLimits.MaxConnections();

    private static long BufferBudgetOf(SocketServerOptions options) => options.BufferBudget ?? DefaultLimits.BufferBudget();

    private void SetAbuse(BanOptions bans) =>
        _abuse = Enum.GetValues<Abuse>().Any(kind => bans.PointsFor(kind) is not null) ? _abuse ?? new AbuseReporter(Score) : null;
}
