using System.Globalization;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Framing;

/// <summary>A frame whose length stands in front as four decimal digits, and does not count itself; frames are copied, not sliced.</summary>
public class OldFrameDecoder : LengthFieldBasedFrameDecoder
{
    public OldFrameDecoder()
        : base(9999 + 4, 0, 4, 0, 4)
    {
    }

    protected override long GetUnadjustedFrameLength(IByteBuffer buffer, int offset, int length, ByteOrder order)
    {
        string digits = buffer.GetString(offset, length, Encoding.ASCII);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long frameLength) ? frameLength : -1;
    }

    protected override IByteBuffer ExtractFrame(IChannelHandlerContext context, IByteBuffer buffer, int index, int length)
    {
        IByteBuffer frame = context.Allocator.Buffer(length);
        frame.WriteBytes(buffer, index, length);
        return frame;
    }
}
