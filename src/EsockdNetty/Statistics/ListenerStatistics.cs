using EsockdNetty.Accepting;
using EsockdNetty.Connections;

namespace EsockdNetty.Statistics;

/// <summary>What a listener has counted, as of one moment. Counts begin at 0 with the listener and never go back, except those of living connections.</summary>
public sealed record ListenerStatistics
{
    /// <summary>Connections accepted and passed by every gate.</summary>
    public long Accepted { get; init; }

    /// <summary>Connections that live now.</summary>
    public long Current { get; init; }

    /// <summary>Connections that live now and are not admitted yet: header or handshake not done.</summary>
    public long Pending { get; init; }

    /// <summary>Connections that were refused, by reason; reasons that never occurred are not listed.</summary>
    public IReadOnlyDictionary<RefusalReason, long> Refused { get; init; } = new Dictionary<RefusalReason, long>();

    /// <summary>Connections that ended, by reason; reasons that never occurred are not listed.</summary>
    public IReadOnlyDictionary<CloseReason, long> Closed { get; init; } = new Dictionary<CloseReason, long>();

    /// <summary>Bytes received from the network, TLS and framing included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes sent to the network, TLS and framing included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Packets received, or reads where there are none.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Packets written, or writes where there are none.</summary>
    public long MessagesSent { get; init; }

    /// <summary>TLS handshakes that were done.</summary>
    public long HandshakesCompleted { get; init; }

    /// <summary>TLS handshakes that failed or ran out of time.</summary>
    public long HandshakesFailed { get; init; }

    /// <summary>How often accepting paused because the system could not accept.</summary>
    public long AcceptPauses { get; init; }

    /// <summary>How often the listening socket was lost and bound again.</summary>
    public long Rebinds { get; init; }

    /// <summary>Connections that wait in the system's backlog to be accepted; null where the system does not tell (it does on Linux, of TCP).</summary>
    public int? BacklogDepth { get; init; }

    /// <summary>Connections that may wait there: <see cref="SocketOptions.Backlog"/> after the system's cut (net.core.somaxconn); null where the system does not tell.</summary>
    public int? BacklogLimit { get; init; }

    /// <summary>
    /// Connections the kernel dropped because the backlog of a listening socket was full: clients see a timeout or a reset, and no server is told.
    /// Counted for the whole network namespace, by all programs in it; null elsewhere than on Linux.
    /// </summary>
    public long? ListenOverflows { get; init; }

    /// <summary>The longest round of one of its server's loops in the last 5 seconds, looked at once a second: what a ready connection may have waited.</summary>
    public TimeSpan LoopLag { get; init; }

    /// <summary>It waited for a permit; see <see cref="Listener.IsWaiting"/>.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>It paused because the system could not accept; see <see cref="Listener.IsPaused"/>.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The counts in one line, with the reasons of those refused and closed.</summary>
    public override string ToString() => StatisticsText.Of(this);
}
