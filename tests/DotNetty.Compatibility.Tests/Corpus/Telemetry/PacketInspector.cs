using System.Text;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace Acme.Telemetry;

/// <summary>Looks at a packet from all sides without taking it, and passes it on.</summary>
public class PacketInspector : ChannelHandlerAdapter
{
    public Dictionary<string, object> Findings { get; } = new Dictionary<string, object>();

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer)
        {
            Findings["first byte"] = buffer.GetByte(buffer.ReaderIndex);
            Findings["first int"] = buffer.GetInt(buffer.ReaderIndex);
            Findings["hex"] = ByteBufferUtil.HexDump(buffer);
            Findings["by array"] = SumOf(buffer);
            Findings["by segment"] = SumOf(buffer.GetIoBuffer());
            Findings["by copy"] = SumOf(buffer.Copy());
            Findings["by stream"] = SumOfStream(buffer.Duplicate());
            Findings["tail"] = Tail(buffer);
            Findings["header"] = Header(context.Allocator, buffer);
            Findings["title"] = new AsciiString(ToArray(buffer.Slice(buffer.ReaderIndex, 2)), false).ToString();
            Findings["references"] = buffer.Touch("inspected").ReferenceCount;
        }

        context.FireChannelRead(message);
    }

    private static int SumOf(IByteBuffer buffer)
    {
        int sum = 0;
        if (buffer.HasArray)
        {
            byte[] array = buffer.Array;
            int start = buffer.ArrayOffset + buffer.ReaderIndex;
            for (int i = start; i < start + buffer.ReadableBytes; i++)
            {
                sum += array[i];
            }
        }
        else
        {
            for (int i = buffer.ReaderIndex; i < buffer.WriterIndex; i++)
            {
                sum += buffer.GetByte(i);
            }
        }

        return sum;
    }

    private static int SumOf(ArraySegment<byte> segment) => segment.Sum(b => b);

    private static int SumOfStream(IByteBuffer buffer)
    {
        using (var stream = new ReadOnlyByteBufferStream(buffer, false))
        {
            int sum = 0;
            for (int b = stream.ReadByte(); b >= 0; b = stream.ReadByte())
            {
                sum += b;
            }

            return sum;
        }
    }

    private static string Tail(IByteBuffer buffer)
    {
        IByteBuffer tail = buffer.RetainedSlice(buffer.WriterIndex - 2, 2);
        try
        {
            return tail.ToString(Encoding.ASCII) + (tail.Unwrap() == null ? "" : " of a larger one");
        }
        finally
        {
            tail.Release();
        }
    }

    private static string Header(IByteBufferAllocator allocator, IByteBuffer buffer)
    {
        IByteBuffer header = allocator.Buffer(4, 16);
        header.WriteBytes(buffer, buffer.ReaderIndex, 2);
        header.WriteString("!", Encoding.ASCII);
        header.WriteShortLE(0x2A2A);
        string text = header.ToString(Encoding.ASCII);
        bool small = header.Capacity <= header.MaxCapacity && header.Allocator == allocator;
        header.SafeRelease();
        return small ? text : "?";
    }

    private static byte[] ToArray(IByteBuffer buffer)
    {
        var bytes = new byte[buffer.ReadableBytes];
        buffer.GetBytes(buffer.ReaderIndex, bytes);
        return bytes;
    }
}
