#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public sealed partial class EmptyByteBuffer
{
    public IByteBuffer ReadBytes(IByteBuffer destination) => Only(0, RoomOf(destination));

    public IByteBuffer ReadBytes(IByteBuffer destination, int dstIndex, int length) => Only(0, length);

    public IByteBuffer ReadBytes(IByteBuffer destination, int length) => Only(0, length);

    public IByteBuffer ReadBytes(Stream destination, int length) => Only(0, length);

    public IByteBuffer ReadBytes(byte[] destination) => Only(0, LengthOf(destination));

    public IByteBuffer ReadBytes(byte[] destination, int dstIndex, int length) => Only(0, length);

    public IByteBuffer ReadBytes(int length) => Only(0, length);

    public IByteBuffer ReadRetainedSlice(int length) => Only(0, length);

    public IByteBuffer ReadSlice(int length) => Only(0, length);

    public ICharSequence ReadCharSequence(int length, Encoding encoding) => Only(0, length) == this ? StringCharSequence.Empty : null;

    public bool ReadBoolean() => throw Outside();

    public byte ReadByte() => throw Outside();

    public char ReadChar() => throw Outside();

    public double ReadDouble() => throw Outside();

    public double ReadDoubleLE() => throw Outside();

    public float ReadFloat() => throw Outside();

    public float ReadFloatLE() => throw Outside();

    public int ReadInt() => throw Outside();

    public int ReadIntLE() => throw Outside();

    public int ReadMedium() => throw Outside();

    public int ReadMediumLE() => throw Outside();

    public int ReadUnsignedMedium() => throw Outside();

    public int ReadUnsignedMediumLE() => throw Outside();

    public long ReadLong() => throw Outside();

    public long ReadLongLE() => throw Outside();

    public short ReadShort() => throw Outside();

    public short ReadShortLE() => throw Outside();

    public string ReadString(int length, Encoding encoding) => Only(0, length) == this ? string.Empty : null;

    public uint ReadUnsignedInt() => throw Outside();

    public uint ReadUnsignedIntLE() => throw Outside();

    public ushort ReadUnsignedShort() => throw Outside();

    public ushort ReadUnsignedShortLE() => throw Outside();
}
