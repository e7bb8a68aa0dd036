#nullable disable
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>Turns strings into bytes. An empty string becomes an empty buffer, so that its write completes.</summary>
public class StringEncoder : MessageToMessageEncoder<string>
{
    private readonly Encoding _encoding;

    /// <summary>For UTF-8.</summary>
    public StringEncoder()
        : this(Encoding.UTF8)
    {
    }

    public StringEncoder(Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        _encoding = encoding;
    }

    public override bool IsSharable => true;

    protected internal override void Encode(IChannelHandlerContext context, string message, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        output.Add(ByteBufferUtil.EncodeString(context.Allocator, message, _encoding));
    }
}
