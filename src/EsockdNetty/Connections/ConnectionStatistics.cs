using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;

namespace EsockdNetty.Connections;

/// <summary>
/// What went over one connection, as of one moment: the nine counters of <c>inet:getstat/1</c>. Octets are those of the network, TLS and framing
/// included; messages are packets, or reads and writes where there are none.
/// </summary>
public sealed record ConnectionStatistics
{
    /// <summary>Bytes received from the network.</summary>
    public long ReceivedOctets { get; init; }

    /// <summary>Messages received.</summary>
    public MessageCounts Received { get; init; }

    /// <summary>Bytes the system has taken for sending.</summary>
    public long SentOctets { get; init; }

    /// <summary>Messages written.</summary>
    public MessageCounts Sent { get; init; }

    /// <summary>Bytes that wait to be sent.</summary>
    public long SendPending { get; init; }

    internal static ConnectionStatistics Of(AbstractChannel channel, ConnectionMeter? meter) => new()
    {
        ReceivedOctets = channel.BytesReceived,
        SentOctets = channel.BytesSent,
        Received = meter?.Received ?? default,
        Sent = meter?.Sent ?? default,
        SendPending = channel.Unsafe.OutboundBuffer?.TotalPendingWriteBytes() ?? 0,
    };
}
