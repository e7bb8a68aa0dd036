using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Requests;

/// <summary>Requests come as id (4) | text, responses go as id (4) | failed (1) | text.</summary>
public class ServerCodec : MessageToMessageCodec<IByteBuffer, Response>
{
    protected override void Decode(IChannelHandlerContext ctx, IByteBuffer msg, List<object> output)
    {
        output.Add(new Request
        {
            Id = msg.ReadInt(),
            Text = msg.ReadString(msg.ReadableBytes, Encoding.UTF8),
        });
    }

    protected override void Encode(IChannelHandlerContext ctx, Response msg, List<object> output)
    {
        IByteBuffer header = ctx.Allocator.Buffer(5);
        header.WriteInt(msg.Id).WriteByte(msg.Failed ? 1 : 0);
        output.Add(Unpooled.WrappedBuffer(header, Unpooled.WrappedBuffer(Encoding.UTF8.GetBytes(msg.Text))));
    }
}
