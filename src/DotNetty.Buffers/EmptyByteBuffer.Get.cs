#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public sealed partial class EmptyByteBuffer
{
    public IByteBuffer GetBytes(int index, IByteBuffer destination) => Only(index, RoomOf(destination));

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length) => Only(index, length);

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int length) => Only(index, length);

    public IByteBuffer GetBytes(int index, Stream destination, int length) => Only(index, length);

    public IByteBuffer GetBytes(int index, byte[] destination) => Only(index, LengthOf(destination));

    public IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length) => Only(index, length);

    public ICharSequence GetCharSequence(int index, int length, Encoding encoding) => Only(index, length) == this ? StringCharSequence.Empty : null;

    public bool GetBoolean(int index) => throw Outside();

    public byte GetByte(int index) => throw Outside();

    public char GetChar(int index) => throw Outside();

    public double GetDouble(int index) => throw Outside();

    public double GetDoubleLE(int index) => throw Outside();

    public float GetFloat(int index) => throw Outside();

    public float GetFloatLE(int index) => throw Outside();

    public int GetInt(int index) => throw Outside();

    public int GetIntLE(int index) => throw Outside();

    public int GetMedium(int index) => throw Outside();

    public int GetMediumLE(int index) => throw Outside();

    public int GetUnsignedMedium(int index) => throw Outside();

    public int GetUnsignedMediumLE(int index) => throw Outside();

    public long GetLong(int index) => throw Outside();

    public long GetLongLE(int index) => throw Outside();

    public short GetShort(int index) => throw Outside();

    public short GetShortLE(int index) => throw Outside();

    public string GetString(int index, int length, Encoding encoding) => Only(index, length) == this ? string.Empty : null;

    public uint GetUnsignedInt(int index) => throw Outside();

    public uint GetUnsignedIntLE(int index) => throw Outside();

    public ushort GetUnsignedShort(int index) => throw Outside();

    public ushort GetUnsignedShortLE(int index) => throw Outside();
}
