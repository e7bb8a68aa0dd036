#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>Counts the readable bytes of buffers and holders and files; everything else is of one assumed size.</summary>
public sealed class DefaultMessageSizeEstimator : IMessageSizeEstimator
{
    public static readonly IMessageSizeEstimator Default = new DefaultMessageSizeEstimator(8);

    private readonly SizeHandle _handle;

    public DefaultMessageSizeEstimator(int unknownSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unknownSize);
        _handle = new SizeHandle(unknownSize);
    }

    public IMessageSizeEstimatorHandle NewHandle() => _handle;

    private sealed class SizeHandle(int unknownSize) : IMessageSizeEstimatorHandle
    {
        public int Size(object msg) => msg switch
        {
            IByteBuffer buffer => buffer.ReadableBytes,
            IByteBufferHolder holder => holder.Content.ReadableBytes,
            IFileRegion region => (int)Math.Min(int.MaxValue, region.Count),
            _ => unknownSize,
        };
    }
}
