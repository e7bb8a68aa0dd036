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
}
