using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

public class LineOfTextEncoder : MessageToMessageEncoder<string>
{
    protected override void Encode(IChannelHandlerContext context, string message, List<object> output)
    {
        if (message.Length == 0)
        {
            output.Add(Unpooled.Empty);
            return;
        }

        output.Add(ByteBufferUtil.EncodeString(context.Allocator, message, Encoding.UTF8));
    }

    public override bool IsSharable => true;
}
