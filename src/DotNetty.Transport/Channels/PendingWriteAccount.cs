namespace DotNetty.Transport.Channels;

/// <summary>The bytes that a handler's queue holds, as the channel's water marks see them.</summary>
internal readonly struct PendingWriteAccount(IChannel channel)
{
    private readonly AbstractChannel? _channel = channel as AbstractChannel;

    public int SizeOf(object message) => Math.Max(0, channel.Configuration.MessageSizeEstimator.NewHandle().Size(message));

    public void Add(int bytes) => _channel?.AddPendingElsewhere(bytes);

    /// <summary>Bytes are dropped.</summary>
    public void Remove(long bytes)
    {
        PassOn(bytes);
        Judge();
    }

    /// <summary>Bytes are about to be counted where they go; whoever calls this calls <see cref="Judge"/> once they are.</summary>
    public void PassOn(long bytes) => _channel?.PendingArrived(bytes);

    public void Judge() => _channel?.JudgePending();
}
