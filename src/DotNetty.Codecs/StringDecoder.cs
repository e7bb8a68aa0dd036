#nullable disable
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Turns each frame into a string. A frame is decoded by itself: characters must not be divided between frames, so a frame decoder stands before
/// this one. Bytes that are no text in the encoding become U+FFFD, unless the encoding says otherwise.
/// </summary>
public class StringDecoder : MessageToMessageDecoder<IByteBuffer>
{
    private readonly Encoding _encoding;

    /// <summary>For UTF-8.</summary>
    public StringDecoder()
        : this(Encoding.UTF8)
    {
    }

    public StringDecoder(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        _encoding = encoding;
    }

    public override bool IsSharable => true;

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Add(Decode(context, input));
    }

    protected string Decode(IChannelHandlerContext context, IByteBuffer input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.ToString(_encoding);
    }
}
