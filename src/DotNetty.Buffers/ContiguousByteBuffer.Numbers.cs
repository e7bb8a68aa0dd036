#nullable disable
using System.Buffers.Binary;

namespace DotNetty.Buffers;

public abstract partial class ContiguousByteBuffer
{
    protected internal override byte _GetByte(int index) => At(index, 1)[0];

    protected internal override short _GetShort(int index) => BinaryPrimitives.ReadInt16BigEndian(At(index, 2));

    protected internal override short _GetShortLE(int index) => BinaryPrimitives.ReadInt16LittleEndian(At(index, 2));

    protected internal override int _GetInt(int index) => BinaryPrimitives.ReadInt32BigEndian(At(index, 4));

    protected internal override int _GetIntLE(int index) => BinaryPrimitives.ReadInt32LittleEndian(At(index, 4));

    protected internal override long _GetLong(int index) => BinaryPrimitives.ReadInt64BigEndian(At(index, 8));

    protected internal override long _GetLongLE(int index) => BinaryPrimitives.ReadInt64LittleEndian(At(index, 8));

    protected internal override int _GetUnsignedMedium(int index) => ThreeBytes.ReadBigEndian(At(index, 3));

    protected internal override int _GetUnsignedMediumLE(int index) => ThreeBytes.ReadLittleEndian(At(index, 3));

    protected internal override void _SetByte(int index, int value) => At(index, 1)[0] = (byte)value;

    protected internal override void _SetShort(int index, int value) => BinaryPrimitives.WriteInt16BigEndian(At(index, 2), (short)value);

    protected internal override void _SetShortLE(int index, int value) => BinaryPrimitives.WriteInt16LittleEndian(At(index, 2), (short)value);

    protected internal override void _SetInt(int index, int value) => BinaryPrimitives.WriteInt32BigEndian(At(index, 4), value);

    protected internal override void _SetIntLE(int index, int value) => BinaryPrimitives.WriteInt32LittleEndian(At(index, 4), value);

    protected internal override void _SetLong(int index, long value) => BinaryPrimitives.WriteInt64BigEndian(At(index, 8), value);

    protected internal override void _SetLongLE(int index, long value) => BinaryPrimitives.WriteInt64LittleEndian(At(index, 8), value);

    protected internal override void _SetMedium(int index, int value) => ThreeBytes.WriteBigEndian(At(index, 3), value);

    protected internal override void _SetMediumLE(int index, int value) => ThreeBytes.WriteLittleEndian(At(index, 3), value);
}
