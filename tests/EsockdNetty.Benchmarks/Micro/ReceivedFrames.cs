using System.Buffers.Binary;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>What one read brings: 16 frames of 64 bytes. Read again and again it is a stream of them, whole or cut in the middle of a frame.</summary>
internal static class ReceivedFrames
{
    public const int Count = 16;

    private const int BodyLength = 64;

    public static byte[] Packet2(bool cut) => Bytes(cut, static frame => BinaryPrimitives.WriteUInt16BigEndian(frame, BodyLength), sizeof(ushort) + BodyLength);

    public static byte[] Lines(bool cut) => Bytes(cut, static frame => frame[^1] = (byte)'\n', BodyLength);

    /// <summary>What comes before the first read, so that the reads go together.</summary>
    public static byte[] Beginning(byte[] read, bool cut) => cut ? read[^Rest(read.Length / Count)..] : [];

    private static byte[] Bytes(bool cut, Action<byte[]> mark, int length)
    {
        byte[] frame = new byte[length];
        Array.Fill(frame, (byte)'x');
        mark(frame);
        byte[] whole = [.. Enumerable.Repeat(frame, Count).SelectMany(static each => each)];
        return cut ? [.. whole[Rest(length)..], .. whole[..Rest(length)]] : whole;
    }

    private static int Rest(int length) => length / 2;
}
