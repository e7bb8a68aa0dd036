#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

internal sealed partial class UnreleasableByteBuffer
{
    public IByteBuffer GetBytes(int index, IByteBuffer destination)
    {
        _buffer.GetBytes(index, destination);
        return this;
    }

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length)
    {
        _buffer.GetBytes(index, destination, dstIndex, length);
        return this;
    }

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int length)
    {
        _buffer.GetBytes(index, destination, length);
        return this;
    }

    public IByteBuffer GetBytes(int index, Stream destination, int length)
    {
        _buffer.GetBytes(index, destination, length);
        return this;
    }

    public IByteBuffer GetBytes(int index, byte[] destination)
    {
        _buffer.GetBytes(index, destination);
        return this;
    }

    public IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length)
    {
        _buffer.GetBytes(index, destination, dstIndex, length);
        return this;
    }

    public ICharSequence GetCharSequence(int index, int length, Encoding encoding) => _buffer.GetCharSequence(index, length, encoding);

    public bool GetBoolean(int index) => _buffer.GetBoolean(index);

    public byte GetByte(int index) => _buffer.GetByte(index);

    public char GetChar(int index) => _buffer.GetChar(index);

    public double GetDouble(int index) => _buffer.GetDouble(index);

    public double GetDoubleLE(int index) => _buffer.GetDoubleLE(index);

    public float GetFloat(int index) => _buffer.GetFloat(index);

    public float GetFloatLE(int index) => _buffer.GetFloatLE(index);

    public int GetInt(int index) => _buffer.GetInt(index);

    public int GetIntLE(int index) => _buffer.GetIntLE(index);

    public int GetMedium(int index) => _buffer.GetMedium(index);

    public int GetMediumLE(int index) => _buffer.GetMediumLE(index);

    public int GetUnsignedMedium(int index) => _buffer.GetUnsignedMedium(index);

    public int GetUnsignedMediumLE(int index) => _buffer.GetUnsignedMediumLE(index);

    public long GetLong(int index) => _buffer.GetLong(index);

    public long GetLongLE(int index) => _buffer.GetLongLE(index);

    public short GetShort(int index) => _buffer.GetShort(index);

    public short GetShortLE(int index) => _buffer.GetShortLE(index);

    public string GetString(int index, int length, Encoding encoding) => _buffer.GetString(index, length, encoding);

    public uint GetUnsignedInt(int index) => _buffer.GetUnsignedInt(index);

    public uint GetUnsignedIntLE(int index) => _buffer.GetUnsignedIntLE(index);

    public ushort GetUnsignedShort(int index) => _buffer.GetUnsignedShort(index);

    public ushort GetUnsignedShortLE(int index) => _buffer.GetUnsignedShortLE(index);
}
