namespace EsockdNetty.Statistics;

/// <summary>What went over a connection, or over many.</summary>
/// <param name="BytesReceived">Bytes from the network.</param>
/// <param name="BytesSent">Bytes to the network.</param>
/// <param name="MessagesReceived">Packets, or reads where there are none.</param>
/// <param name="MessagesSent">Packets, or writes where there are none.</param>
public readonly record struct ConnectionTraffic(long BytesReceived, long BytesSent, long MessagesReceived, long MessagesSent)
{
    /// <summary>Both together.</summary>
    public static ConnectionTraffic operator +(ConnectionTraffic left, ConnectionTraffic right) => new(
        left.BytesReceived + right.BytesReceived,
        left.BytesSent + right.BytesSent,
        left.MessagesReceived + right.MessagesReceived,
        left.MessagesSent + right.MessagesSent);

    /// <summary>The greater of each.</summary>
    internal static ConnectionTraffic Max(ConnectionTraffic left, ConnectionTraffic right) => new(
        Math.Max(left.BytesReceived, right.BytesReceived),
        Math.Max(left.BytesSent, right.BytesSent),
        Math.Max(left.MessagesReceived, right.MessagesReceived),
        Math.Max(left.MessagesSent, right.MessagesSent));
}
