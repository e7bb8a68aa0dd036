using System.Buffers.Binary;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Packets as they lie on the wire.</summary>
internal static class Frame
{
    public static byte[] Two(ReadOnlySpan<byte> body)
    {
        byte[] frame = new byte[2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
        body.CopyTo(frame.AsSpan(2));
        return frame;
    }

    public static byte[] Four(ReadOnlySpan<byte> body)
    {
        byte[] frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        return frame;
    }

    /// <summary>The same frame so many times.</summary>
    public static byte[] Repeated(byte[] frame, int times)
    {
        byte[] all = new byte[frame.Length * times];
        for (int i = 0; i < times; i++)
            frame.CopyTo(all, i * frame.Length);
        return all;
    }
}
