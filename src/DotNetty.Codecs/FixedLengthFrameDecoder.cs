using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>Cuts a stream into frames of one length. A rest that is shorter when the channel ends is no frame.</summary>
public class FixedLengthFrameDecoder : ByteToMessageDecoder
{
    private readonly int _frameLength;

    /// <summary>For frames of <paramref name="frameLength"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public FixedLengthFrameDecoder(int frameLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameLength);
        _frameLength = frameLength;
    }

    /// <inheritdoc/>
    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Decode(context, input) is { } frame)
        {
            output.Add(frame);
        }
    }

    /// <returns>The next frame, or null where it is not there whole.</returns>
    protected virtual object? Decode(IChannelHandlerContext context, IByteBuffer input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.ReadableBytes < _frameLength ? null : input.ReadRetainedSlice(_frameLength);
    }
}
