#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

internal sealed partial class UnreleasableByteBuffer
{
    public IByteBuffer ReadBytes(IByteBuffer destination)
    {
        _buffer.ReadBytes(destination);
        return this;
    }

    public IByteBuffer ReadBytes(IByteBuffer destination, int dstIndex, int length)
    {
        _buffer.ReadBytes(destination, dstIndex, length);
        return this;
    }

    public IByteBuffer ReadBytes(IByteBuffer destination, int length)
    {
        _buffer.ReadBytes(destination, length);
        return this;
    }

    public IByteBuffer ReadBytes(Stream destination, int length)
    {
        _buffer.ReadBytes(destination, length);
        return this;
    }

    public IByteBuffer ReadBytes(byte[] destination)
    {
        _buffer.ReadBytes(destination);
        return this;
    }

    public IByteBuffer ReadBytes(byte[] destination, int dstIndex, int length)
    {
        _buffer.ReadBytes(destination, dstIndex, length);
        return this;
    }

    public IByteBuffer ReadBytes(int length) => _buffer.ReadBytes(length);

    public IByteBuffer ReadRetainedSlice(int length) => Keep(_buffer.ReadSlice(length));

    public IByteBuffer ReadSlice(int length) => Keep(_buffer.ReadSlice(length));

    public ICharSequence ReadCharSequence(int length, Encoding encoding) => _buffer.ReadCharSequence(length, encoding);

    public bool ReadBoolean() => _buffer.ReadBoolean();

    public byte ReadByte() => _buffer.ReadByte();

    public char ReadChar() => _buffer.ReadChar();

    public double ReadDouble() => _buffer.ReadDouble();

    public double ReadDoubleLE() => _buffer.ReadDoubleLE();

    public float ReadFloat() => _buffer.ReadFloat();

    public float ReadFloatLE() => _buffer.ReadFloatLE();

    public int ReadInt() => _buffer.ReadInt();

    public int ReadIntLE() => _buffer.ReadIntLE();

    public int ReadMedium() => _buffer.ReadMedium();

    public int ReadMediumLE() => _buffer.ReadMediumLE();

    public int ReadUnsignedMedium() => _buffer.ReadUnsignedMedium();

    public int ReadUnsignedMediumLE() => _buffer.ReadUnsignedMediumLE();

    public long ReadLong() => _buffer.ReadLong();

    public long ReadLongLE() => _buffer.ReadLongLE();

    public short ReadShort() => _buffer.ReadShort();

    public short ReadShortLE() => _buffer.ReadShortLE();

    public string ReadString(int length, Encoding encoding) => _buffer.ReadString(length, encoding);

    public uint ReadUnsignedInt() => _buffer.ReadUnsignedInt();

    public uint ReadUnsignedIntLE() => _buffer.ReadUnsignedIntLE();

    public ushort ReadUnsignedShort() => _buffer.ReadUnsignedShort();

    public ushort ReadUnsignedShortLE() => _buffer.ReadUnsignedShortLE();
}
