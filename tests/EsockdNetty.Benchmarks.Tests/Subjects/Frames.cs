using System.Buffers.Binary;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>What the tests send: bytes that tell where they belong, and frames of them.</summary>
internal static class Frames
{
    public static int PrefixOf(Framing framing) => framing switch { Framing.Packet2 => 2, Framing.Packet4 => 4, _ => 0 };

    /// <summary>A body of this length behind its prefix; raw: the body alone.</summary>
    public static byte[] Of(Framing framing, int length)
    {
        byte[] frame = new byte[PrefixOf(framing) + length];
        new Random(length).NextBytes(frame);
        if (framing == Framing.Packet2)
            BinaryPrimitives.WriteUInt16BigEndian(frame, checked((ushort)length));
        if (framing == Framing.Packet4)
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)length);
        return frame;
    }

    /// <summary>The bytes cut where nothing else is.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> InOddPieces(byte[] bytes)
    {
        int[] sizes = [1, 2, 3, 1021, 7, 16_381, 5, 40_009];
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            yield return bytes.AsMemory(at, size);
            at += size;
        }
    }
}
