namespace DotNetty.Transport.Channels;

/// <summary>What kind of channel it is.</summary>
public sealed class ChannelMetadata
{
    public ChannelMetadata(bool hasDisconnect)
        : this(hasDisconnect, 1)
    {
    }

    public ChannelMetadata(bool hasDisconnect, int defaultMaxMessagesPerRead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(defaultMaxMessagesPerRead, 1);
        HasDisconnect = hasDisconnect;
        DefaultMaxMessagesPerRead = defaultMaxMessagesPerRead;
    }

    /// <summary>True where a channel can be disconnected and connected again, as with UDP.</summary>
    public bool HasDisconnect { get; }

    public int DefaultMaxMessagesPerRead { get; }
}
