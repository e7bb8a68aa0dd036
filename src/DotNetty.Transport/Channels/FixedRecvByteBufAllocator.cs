#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Receives into buffers of one size.</summary>
public sealed class FixedRecvByteBufAllocator : DefaultMaxMessagesRecvByteBufAllocator
{
    public static readonly FixedRecvByteBufAllocator Default = new(4 * 1024);

    private readonly int _bufferSize;

    public FixedRecvByteBufAllocator(int bufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        _bufferSize = bufferSize;
    }

    public override IRecvByteBufAllocatorHandle NewHandle() => new FixedHandle(this);

    private sealed class FixedHandle(FixedRecvByteBufAllocator owner) : MaxMessageHandle<FixedRecvByteBufAllocator>(owner)
    {
        public override int Guess() => Owner._bufferSize;
    }
}
