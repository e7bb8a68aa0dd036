using System.Net;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting;

/// <summary>
/// What a listener writes about accepting: one line a reason and second over all its server channels, at the second's end, with the number of those
/// it stands for and the address of one of them. Any thread.
/// </summary>
internal sealed partial class AcceptLog
{
    private readonly string _listener;
    private readonly ILogger _logger;
    private readonly LogWindow<EndPoint?>[] _refused;
    private readonly LogWindow<AcceptPaused>[] _paused;
    private int _writers;

    public AcceptLog(string listener, ILogger logger)
    {
        _listener = listener;
        _logger = logger;
        _refused = [.. Enum.GetValues<RefusalReason>().Select(reason => new LogWindow<EndPoint?>((client, count) => WriteRefused(reason, client, count)))];
        _paused = [.. Enum.GetValues<AcceptErrorKind>().Select(_ => new LogWindow<AcceptPaused>(WritePaused))];
    }

    /// <summary>The listener's name.</summary>
    public string Listener => _listener;

    /// <summary>One more server channel writes here.</summary>
    public void Enter() => Interlocked.Increment(ref _writers);

    /// <summary>A server channel writes no more; with the last of them what is held back is written.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _writers) == 0)
        {
            Array.ForEach(_refused, static window => window.Flush());
            Array.ForEach(_paused, static window => window.Flush());
        }
    }

    public void Refused(IEventExecutor executor, ConnectionRefused refused) => _refused[(int)refused.Reason].Add(executor, refused.RemoteAddress);

    public void Paused(IEventExecutor executor, AcceptPaused paused) => _paused[(int)paused.Kind].Add(executor, paused);

    public void Lost(ListenerLost lost) => Log.Lost(_logger, _listener, lost.ErrorName);

    internal static string RemedyFor(RefusalReason reason) => reason switch
    {
        RefusalReason.MaxConnections => "raise Limits:MaxConnections",
        RefusalReason.ServerMaxConnections => "raise Server:MaxConnections",
        RefusalReason.DescriptorReserve => "raise the hard descriptor limit (LimitNOFILE, --ulimit)",
        RefusalReason.AccessDenied => "allow the client in Access before the rule that denies it, if it should be served",
        RefusalReason.Banned => "lift the ban, and name the client in Bans:NeverBan, if it should be served",
        RefusalReason.AddressLimit => "raise Limits:PerAddress:MaxConnections",
        RefusalReason.AddressRate => "raise Limits:PerAddress:Rate",
        RefusalReason.Rate => "raise Limits:Rate",
        RefusalReason.RateLimiter => "let the limiter of Limits:RateLimiter give more permits",
        RefusalReason.PeerGone => "none here: the client went away",
        RefusalReason.Overload => "see the warning that names the cause; give the server more processors or memory",
        _ => "mend the gate",
    };

    private static string RemedyFor(AcceptErrorKind kind) => kind switch
    {
        AcceptErrorKind.Descriptors => "raise the hard descriptor limit (LimitNOFILE, --ulimit)",
        AcceptErrorKind.Memory => "give the system more memory, or lower Limits:MaxConnections",
        _ => "look into the system's network log",
    };

    private void WriteRefused(RefusalReason reason, EndPoint? client, long count) =>
        Log.Refused(_logger, _listener, count, count == 1 ? "connection" : "connections", PeerText.Of(client), count == 1 ? "" : " among them", reason.Word(), count - 1, RemedyFor(reason));

    private void WritePaused(AcceptPaused paused, long count) =>
        Log.Paused(_logger, _listener, paused.Duration.TotalMilliseconds, paused.Kind, paused.ErrorName, count - 1, RemedyFor(paused.Kind));

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Warning, "Listener {Listener} refused {Count} {Connections}, that of {Peer}{Among}: {Reason}; {Suppressed} more not listed. Remedy: {Remedy}")]
        public static partial void Refused(ILogger logger, string listener, long count, string connections, string peer, string among, string reason, long suppressed, string remedy);

        [LoggerMessage(201, LogLevel.Warning, "Listener {Listener} paused and accepted nothing for {Milliseconds} ms: {Kind} ({Error}); {Suppressed} more pauses not listed. Remedy: {Remedy}")]
        public static partial void Paused(ILogger logger, string listener, double milliseconds, AcceptErrorKind kind, string error, long suppressed, string remedy);

        [LoggerMessage(202, LogLevel.Error, "Listener {Listener} lost its listening socket ({Error}) and binds it again; its connections live on")]
        public static partial void Lost(ILogger logger, string listener, string error);
    }
}
