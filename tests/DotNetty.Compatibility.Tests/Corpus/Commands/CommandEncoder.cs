using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Commands;

public class CommandEncoder : MessageToByteEncoder<Command>
{
    protected override void Encode(IChannelHandlerContext context, Command message, IByteBuffer output)
    {
        output.WriteUnsignedShort(CommandDecoder.Magic);
        output.WriteShort(message.Operation);
        output.WriteInt(message.Body.Length);
        output.WriteBytes(message.Body);
        output.WriteByte(CommandDecoder.Checksum(message.Body));
    }
}
