using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

/// <summary>A frame becomes a string; an empty one becomes nothing.</summary>
public class LineOfTextDecoder : MessageToMessageDecoder<IByteBuffer>
{
    protected override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
    {
        if (message.IsReadable())
        {
            output.Add(message.ToString(Encoding.UTF8));
        }
    }

    public override bool IsSharable => true;
}
