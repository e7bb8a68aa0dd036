using System.Buffers.Binary;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>A frame's length, before its body.</summary>
internal sealed class LengthPrefix(Framing framing)
{
    private const int MaxBody = 1024 * 1024;

    /// <summary>Bytes of it.</summary>
    public int Size { get; } = framing == Framing.Packet2 ? sizeof(ushort) : sizeof(uint);

    /// <exception cref="InvalidDataException">The frame is too long.</exception>
    public int Read(ReadOnlySpan<byte> start)
    {
        uint length = Size == sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(start) : BinaryPrimitives.ReadUInt32BigEndian(start);
        return length <= MaxBody ? (int)length : throw new InvalidDataException($"a frame of {length} bytes; {MaxBody} are the most");
    }

    public void Write(Span<byte> to, int length)
    {
        if (Size == sizeof(ushort))
            BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)length);
        else
            BinaryPrimitives.WriteUInt32BigEndian(to, (uint)length);
    }
}
