using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting;

/// <summary>
/// The last stage of a server pipeline: counts what passed the gates, what they refused by reason, and how often accepting paused. Writes one
/// line a reason and second, with the number of those it stands for and the address of one of them.
/// </summary>
public sealed partial class AcceptMeter : ChannelHandlerAdapter
{
    private readonly string _listener;
    private readonly ListenerCounters _counters;
    private readonly ILogger _logger;
    private readonly LogWindow<EndPoint?>[] _refused;
    private readonly LogWindow<AcceptPaused>[] _paused;

    /// <summary>Counts into <paramref name="counters"/> and logs under the listener's name.</summary>
    public AcceptMeter(string listener, ListenerCounters counters, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(listener);
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(logger);
        _listener = listener;
        _counters = counters;
        _logger = logger;
        _refused = [.. Enum.GetValues<RefusalReason>().Select(reason => new LogWindow<EndPoint?>((client, more) => WriteRefused(reason, client, more)))];
        _paused = [.. Enum.GetValues<AcceptErrorKind>().Select(_ => new LogWindow<AcceptPaused>(WritePaused))];
    }

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IChannel)
        {
            _counters.ConnectionAccepted();
        }

        context.FireChannelRead(message);
    }

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        switch (evt)
        {
            case ConnectionRefused refused:
                _counters.ConnectionRefused(refused.Reason);
                _refused[(int)refused.Reason].Add(context.Executor, refused.RemoteAddress);
                break;
            case AcceptPaused paused:
                _counters.AcceptPaused();
                _paused[(int)paused.Kind].Add(context.Executor, paused);
                break;
            case ListenerLost lost:
                Log.Lost(_logger, _listener, lost.Error);
                break;
        }

        context.FireUserEventTriggered(evt);
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        foreach (LogWindow<EndPoint?> window in _refused)
        {
            window.Close();
        }

        foreach (LogWindow<AcceptPaused> window in _paused)
        {
            window.Close();
        }
    }

    private static string RemedyFor(RefusalReason reason) => reason switch
    {
        RefusalReason.MaxConnections => "raise Limits:MaxConnections",
        RefusalReason.ServerMaxConnections => "raise Server:MaxConnections",
        RefusalReason.DescriptorReserve => "raise the hard descriptor limit (LimitNOFILE, --ulimit)",
        RefusalReason.AccessDenied => "allow the client in Access before the rule that denies it, if it should be served",
        RefusalReason.Banned => "lift the ban, and name the client in Bans:NeverBan, if it should be served",
        RefusalReason.AddressLimit => "raise Limits:PerAddress:MaxConnections",
        RefusalReason.AddressRate => "raise Limits:PerAddress:Rate",
        RefusalReason.Rate => "raise Limits:Rate",
        RefusalReason.PeerGone => "none here: the client went away",
        _ => "mend the gate",
    };

    private static string RemedyFor(AcceptErrorKind kind) => kind switch
    {
        AcceptErrorKind.Descriptors => "raise the hard descriptor limit (LimitNOFILE, --ulimit)",
        AcceptErrorKind.Memory => "give the system more memory, or lower Limits:MaxConnections",
        _ => "look into the system's network log",
    };

    private void WriteRefused(RefusalReason reason, EndPoint? client, long more) =>
        Log.Refused(_logger, _listener, client, reason, more, RemedyFor(reason));

    private void WritePaused(AcceptPaused paused, long more) =>
        Log.Paused(_logger, _listener, paused.Duration.TotalMilliseconds, paused.Kind, paused.Error, more, RemedyFor(paused.Kind));

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Warning, "Listener {Listener} refused the connection of {Peer}: {Reason}; {Suppressed} more not listed. Remedy: {Remedy}")]
        public static partial void Refused(ILogger logger, string listener, EndPoint? peer, RefusalReason reason, long suppressed, string remedy);

        [LoggerMessage(201, LogLevel.Warning, "Listener {Listener} accepts nothing for {Milliseconds} ms: {Kind} ({Error}); {Suppressed} more pauses not listed. Remedy: {Remedy}")]
        public static partial void Paused(ILogger logger, string listener, double milliseconds, AcceptErrorKind kind, SocketError error, long suppressed, string remedy);

        [LoggerMessage(202, LogLevel.Error, "Listener {Listener} lost its listening socket ({Error}) and binds it again; its connections live on")]
        public static partial void Lost(ILogger logger, string listener, SocketError error);
    }
}
