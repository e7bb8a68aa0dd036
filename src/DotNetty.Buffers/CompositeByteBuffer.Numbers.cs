#nullable disable
using System.Buffers.Binary;

namespace DotNetty.Buffers;

public partial class CompositeByteBuffer
{
    protected internal override byte _GetByte(int index)
    {
        var part = Find(index);
        return part.Source.GetByte(part.ToSource(index));
    }

    protected internal override short _GetShort(int index) =>
        Find(index) is var part && part.Holds(index, 2) ? part.Source.GetShort(part.ToSource(index)) : BinaryPrimitives.ReadInt16BigEndian(Gather(index, stackalloc byte[2]));

    protected internal override short _GetShortLE(int index) =>
        Find(index) is var part && part.Holds(index, 2) ? part.Source.GetShortLE(part.ToSource(index)) : BinaryPrimitives.ReadInt16LittleEndian(Gather(index, stackalloc byte[2]));

    protected internal override int _GetUnsignedMedium(int index) =>
        Find(index) is var part && part.Holds(index, 3) ? part.Source.GetUnsignedMedium(part.ToSource(index)) : ThreeBytes.ReadBigEndian(Gather(index, stackalloc byte[3]));

    protected internal override int _GetUnsignedMediumLE(int index) =>
        Find(index) is var part && part.Holds(index, 3) ? part.Source.GetUnsignedMediumLE(part.ToSource(index)) : ThreeBytes.ReadLittleEndian(Gather(index, stackalloc byte[3]));

    protected internal override int _GetInt(int index) =>
        Find(index) is var part && part.Holds(index, 4) ? part.Source.GetInt(part.ToSource(index)) : BinaryPrimitives.ReadInt32BigEndian(Gather(index, stackalloc byte[4]));

    protected internal override int _GetIntLE(int index) =>
        Find(index) is var part && part.Holds(index, 4) ? part.Source.GetIntLE(part.ToSource(index)) : BinaryPrimitives.ReadInt32LittleEndian(Gather(index, stackalloc byte[4]));

    protected internal override long _GetLong(int index) =>
        Find(index) is var part && part.Holds(index, 8) ? part.Source.GetLong(part.ToSource(index)) : BinaryPrimitives.ReadInt64BigEndian(Gather(index, stackalloc byte[8]));

    protected internal override long _GetLongLE(int index) =>
        Find(index) is var part && part.Holds(index, 8) ? part.Source.GetLongLE(part.ToSource(index)) : BinaryPrimitives.ReadInt64LittleEndian(Gather(index, stackalloc byte[8]));

    protected internal override void _SetByte(int index, int value)
    {
        var part = Find(index);
        part.Source.SetByte(part.ToSource(index), value);
    }

    protected internal override void _SetShort(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetShortLE(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetMedium(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[3];
        ThreeBytes.WriteBigEndian(bytes, value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetMediumLE(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[3];
        ThreeBytes.WriteLittleEndian(bytes, value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetInt(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetIntLE(int index, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetLong(int index, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        SetSpan(index, bytes);
    }

    protected internal override void _SetLongLE(int index, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        SetSpan(index, bytes);
    }

    /// <summary>The bytes of a number that lies across components.</summary>
    private Span<byte> Gather(int index, Span<byte> bytes)
    {
        CopyTo(index, bytes);
        return bytes;
    }
}
