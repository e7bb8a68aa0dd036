using EsockdNetty.Accepting;
using EsockdNetty.Connections;

namespace EsockdNetty.HostileHost;

/// <summary>What the server tells of itself, as of one moment.</summary>
internal sealed record Figures
{
    public long Accepted { get; init; }

    /// <summary>Connections with an account that is not closed.</summary>
    public long Connections { get; init; }

    /// <summary>Connections the listener keeps, from accept to close.</summary>
    public int Live { get; init; }

    public long Pending { get; init; }

    /// <summary>Bytes received on connections that ended.</summary>
    public long BytesReceived { get; init; }

    public long HandshakesCompleted { get; init; }

    public long HandshakesFailed { get; init; }

    /// <summary>Bytes of storage in living buffers.</summary>
    public long BytesHeld { get; init; }

    /// <summary>The most of them since the last <c>mark</c>, as often as it was looked.</summary>
    public long MostBytesHeld { get; init; }

    /// <summary>Bytes of the pools, used or not.</summary>
    public long BytesReserved { get; init; }

    public long ManagedBytes { get; init; }

    public int Gen0Collections { get; init; }

    public long Rss { get; init; }

    /// <summary>The most of it since the last <c>mark</c>, as often as it was looked.</summary>
    public long MostRss { get; init; }

    /// <summary>How often a listening socket that was lost was bound again.</summary>
    public long Rebinds { get; init; }

    /// <summary>Numbers of lost listening sockets that somebody else has, unharmed.</summary>
    public int NumbersKept { get; init; }

    public Dictionary<CloseReason, long> Closed { get; init; } = [];

    public Dictionary<RefusalReason, long> Refused { get; init; } = [];

    public long ClosedFor(CloseReason reason) => Closed.GetValueOrDefault(reason);

    public override string ToString() =>
        $"accepted {Accepted}, connections {Connections}, live {Live}, pending {Pending}, "
        + $"received {BytesReceived:N0}, handshakes {HandshakesCompleted} and {HandshakesFailed} failed, held {BytesHeld:N0} (most {MostBytesHeld:N0}), "
        + $"reserved {BytesReserved:N0}, managed {ManagedBytes:N0}, gen0 {Gen0Collections}, rss {Rss:N0} (most {MostRss:N0}), "
        + $"closed [{string.Join(", ", Closed)}], refused [{string.Join(", ", Refused)}]";
}
