using System.Text;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace Acme.Telemetry;

public class ReadingDecoder : ByteToMessageDecoder
{
    protected override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        if (input.ReadableBytes < 2 || input.ReadableBytes < input.GetUnsignedShort(input.ReaderIndex) + 2)
        {
            return;
        }

        IByteBuffer frame = input.ReadSlice(input.ReadShort());
        var reading = new Reading
        {
            Sensor = frame.ReadUnsignedMedium(),
            Counter = frame.ReadIntLE(),
            Timestamp = frame.ReadLong(),
            Temperature = frame.ReadFloat(),
            Pressure = frame.ReadDouble(),
            Flags = frame.ReadUnsignedShort(),
        };

        int end = frame.ForEachByte(ByteProcessor.FindNul);
        if (end == -1)
        {
            throw new CorruptedFrameException("The name has no end");
        }

        reading.Name = frame.ReadString(end - frame.ReaderIndex, Encoding.ASCII);
        frame.SkipBytes(1);
        reading.Raw = new byte[frame.ReadableBytes];
        frame.ReadBytes(reading.Raw, 0, reading.Raw.Length);
        output.Add(reading);
    }
}
