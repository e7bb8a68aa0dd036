using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Requests;

public class RequestEncoder : MessageToByteEncoder<Request>
{
    protected override void Encode(IChannelHandlerContext context, Request message, IByteBuffer output)
    {
        output.WriteInt(message.Id);
        output.WriteString(message.Text, Encoding.UTF8);
    }
}
