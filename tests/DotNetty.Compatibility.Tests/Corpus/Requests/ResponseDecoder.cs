using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Requests;

public class ResponseDecoder : MessageToMessageDecoder<IByteBuffer>
{
    protected override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
    {
        var response = new Response();
        response.Id = message.ReadInt();
        response.Failed = message.ReadByte() != 0;
        response.Text = message.ToString(message.ReaderIndex, message.ReadableBytes, Encoding.UTF8);
        output.Add(response);
    }
}
