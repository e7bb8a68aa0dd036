using System.Text;
using DotNetty.Buffers;

namespace Acme.Telemetry;

/// <summary>Packets made by hand, in the ways there are.</summary>
public static class Packets
{
    public static IByteBuffer Of(string text) => Unpooled.CopiedBuffer(text, Encoding.ASCII);

    public static IByteBuffer Direct(string text)
    {
        IByteBuffer buffer = Unpooled.DirectBuffer(16);
        buffer.WriteBytes(Of(text));
        return buffer;
    }

    public static IByteBuffer Composed(params string[] parts) =>
        parts.Length == 0 ? Unpooled.Empty : Unpooled.WrappedBuffer(parts.Select(part => Unpooled.WrappedBuffer(Encoding.ASCII.GetBytes(part))).ToArray());

    public static IByteBuffer Counted(params short[] values)
    {
        IByteBuffer buffer = Unpooled.Buffer();
        buffer.WriteByte(values.Length);
        foreach (short value in values)
        {
            buffer.WriteShort(value);
        }

        return buffer;
    }

    public static List<short> ReadCounted(IByteBuffer buffer)
    {
        var values = new List<short>();
        IByteBuffer copy = buffer.ReadBytes(buffer.ReadableBytes);
        int count = copy.ReadByte();
        while (count-- > 0)
        {
            values.Add(copy.ReadShort());
        }

        copy.Release();
        return values;
    }
}
