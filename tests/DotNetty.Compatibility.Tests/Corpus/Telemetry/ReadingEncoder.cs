using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Telemetry;

/// <summary>
/// Length of the rest (2, written at the end) | sensor (3) | counter (4, little-endian) | time (8) | temperature (4) | pressure (8) | flags (2) |
/// name, ended by 0 | raw.
/// </summary>
public class ReadingEncoder : MessageToMessageEncoder<Reading>
{
    protected override void Encode(IChannelHandlerContext context, Reading message, List<object> output)
    {
        IByteBuffer buffer = context.Allocator.Buffer(64);
        int start = buffer.WriterIndex;
        buffer.SetWriterIndex(start + 2);

        buffer.WriteMedium(message.Sensor);
        buffer.WriteIntLE(message.Counter);
        buffer.WriteLong(message.Timestamp);
        buffer.WriteFloat(message.Temperature);
        buffer.WriteDouble(message.Pressure);
        buffer.WriteUnsignedShort(message.Flags);
        buffer.WriteBytes(Encoding.ASCII.GetBytes(message.Name)).WriteByte(0);
        buffer.WriteBytes(message.Raw, 0, message.Raw.Length);

        buffer.SetShort(start, buffer.ReadableBytes - 2);
        output.Add(buffer);
    }
}
