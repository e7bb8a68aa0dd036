#nullable disable
using System.Numerics;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs.Protobuf;

/// <summary>Puts before each message its length as a varint of protocol buffers: seven bits a byte, the lowest first.</summary>
public class ProtobufVarint32LengthFieldPrepender : MessageToByteEncoder<IByteBuffer>
{
    public override bool IsSharable => true;

    /// <summary>The bytes that <paramref name="value"/> takes: 1 to 5. A negative one takes 5.</summary>
    public static int ComputeRawVarint32Size(int value) => (BitOperations.Log2((uint)value | 1) / 7) + 1;

    protected override void Encode(IChannelHandlerContext context, IByteBuffer message, IByteBuffer output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        int length = message.ReadableBytes;
        output.EnsureWritable(checked(ComputeRawVarint32Size(length) + length));
        WriteVarint(output, (uint)length);
        output.WriteBytes(message, message.ReaderIndex, length);
    }

    private static void WriteVarint(IByteBuffer output, uint value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            output.WriteByte((int)((value & 0x7F) | 0x80));
        }

        output.WriteByte((int)value);
    }
}
