namespace DotNetty.Transport.Channels;

/// <summary>
/// The default: a channel receives into its loop's buffer, and what was received leaves in a buffer of its own size: a small read
/// never pins a large buffer. Where a channel has no such loop, buffers of 2 KiB serve.
/// </summary>
internal sealed class LoopRecvByteBufAllocator : DefaultMaxMessagesRecvByteBufAllocator
{
    public static readonly LoopRecvByteBufAllocator Default = new(1);

    /// <summary>Server channels accept up to this many connections a read.</summary>
    public static readonly LoopRecvByteBufAllocator Accepting = new(16);

    internal LoopRecvByteBufAllocator(int maxMessagesPerRead) => MaxMessagesPerRead = maxMessagesPerRead;

    public override IRecvByteBufAllocatorHandle NewHandle() => new LoopHandle(this);

    private sealed class LoopHandle(LoopRecvByteBufAllocator owner) : MaxMessageHandle<LoopRecvByteBufAllocator>(owner)
    {
        public override int Guess() => 2048;
    }
}
