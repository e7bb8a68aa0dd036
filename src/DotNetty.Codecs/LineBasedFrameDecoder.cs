#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>Cuts a stream into lines, which end with <c>\n</c> or <c>\r\n</c>. What has no end when the channel ends is no line.</summary>
public class LineBasedFrameDecoder : ByteToMessageDecoder
{
    private static readonly byte[][] LineEnds = ["\r\n"u8.ToArray(), "\n"u8.ToArray()];

    private readonly DelimitedFrames _frames;

    public LineBasedFrameDecoder(int maxLength)
        : this(maxLength, true, false)
    {
    }

    /// <param name="maxLength">The longest line in bytes, without its end. A longer one is skipped and raises <see cref="TooLongFrameException"/>, once.</param>
    /// <param name="stripDelimiter">False to leave the line's end in the frame. Default: true.</param>
    /// <param name="failFast">True to raise the exception when the maximum is passed, false when the line has been skipped. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public LineBasedFrameDecoder(int maxLength, bool stripDelimiter, bool failFast) =>
        _frames = new DelimitedFrames(maxLength, stripDelimiter, failFast, LineEnds);

    /// <summary>Bytes looked at so far.</summary>
    internal long Examined => _frames.Examined;

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        object line = Decode(context, input);
        if (line is not null)
        {
            output.Add(line);
        }
    }

    /// <returns>The next line, or null where it is not there whole.</returns>
    protected internal virtual object Decode(IChannelHandlerContext ctx, IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return _frames.Next(buffer);
    }
}
