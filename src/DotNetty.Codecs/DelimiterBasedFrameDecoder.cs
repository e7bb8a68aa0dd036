#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Cuts a stream into frames that end with a delimiter. Of several delimiters the one that is complete first ends the frame, and of those
/// complete at once the longest: with <c>\n</c> and <c>\r\n</c> a frame loses both. What has no delimiter when the channel ends is no frame.
/// </summary>
public class DelimiterBasedFrameDecoder : ByteToMessageDecoder
{
    private readonly DelimitedFrames _frames;

    public DelimiterBasedFrameDecoder(int maxFrameLength, IByteBuffer delimiter)
        : this(maxFrameLength, true, delimiter)
    {
    }

    public DelimiterBasedFrameDecoder(int maxFrameLength, bool stripDelimiter, IByteBuffer delimiter)
        : this(maxFrameLength, stripDelimiter, true, delimiter)
    {
    }

    public DelimiterBasedFrameDecoder(int maxFrameLength, bool stripDelimiter, bool failFast, IByteBuffer delimiter)
        : this(maxFrameLength, stripDelimiter, failFast, [delimiter])
    {
    }

    public DelimiterBasedFrameDecoder(int maxFrameLength, params IByteBuffer[] delimiters)
        : this(maxFrameLength, true, delimiters)
    {
    }

    public DelimiterBasedFrameDecoder(int maxFrameLength, bool stripDelimiter, params IByteBuffer[] delimiters)
        : this(maxFrameLength, stripDelimiter, true, delimiters)
    {
    }

    /// <param name="maxFrameLength">The longest frame in bytes, without its delimiter. A longer one is skipped and raises <see cref="TooLongFrameException"/>, once.</param>
    /// <param name="stripDelimiter">False to leave the delimiter at the frame's end. Default: true.</param>
    /// <param name="failFast">True to raise the exception when the maximum is passed, false when the frame has been skipped. Default: true.</param>
    /// <param name="delimiters">Their readable bytes are copied: the buffers stay the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrameLength"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There is no delimiter, or an empty one.</exception>
    public DelimiterBasedFrameDecoder(int maxFrameLength, bool stripDelimiter, bool failFast, params IByteBuffer[] delimiters)
    {
        ArgumentNullException.ThrowIfNull(delimiters);
        _frames = new DelimitedFrames(maxFrameLength, stripDelimiter, failFast, delimiters.Select(BytesOf));
    }

    /// <summary>Bytes looked at so far.</summary>
    internal long Examined => _frames.Examined;

    protected internal override void Decode(IChannelHandlerContext ctx, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        object frame = Decode(ctx, input);
        if (frame is not null)
        {
            output.Add(frame);
        }
    }

    /// <returns>The next frame, or null where it is not there whole.</returns>
    protected virtual object Decode(IChannelHandlerContext ctx, IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return _frames.Next(buffer);
    }

    private static byte[] BytesOf(IByteBuffer delimiter)
    {
        ArgumentNullException.ThrowIfNull(delimiter);
        byte[] bytes = new byte[delimiter.ReadableBytes];
        delimiter.GetBytes(delimiter.ReaderIndex, bytes);
        return bytes;
    }
}
