#nullable disable

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    public virtual byte ReadByte()
    {
        var index = Readable(1);
        _readerIndex = index + 1;
        return _GetByte(index);
    }

    public bool ReadBoolean() => ReadByte() != 0;

    public virtual short ReadShort()
    {
        var index = Readable(2);
        _readerIndex = index + 2;
        return _GetShort(index);
    }

    public virtual short ReadShortLE()
    {
        var index = Readable(2);
        _readerIndex = index + 2;
        return _GetShortLE(index);
    }

    public virtual int ReadInt()
    {
        var index = Readable(4);
        _readerIndex = index + 4;
        return _GetInt(index);
    }

    public virtual int ReadIntLE()
    {
        var index = Readable(4);
        _readerIndex = index + 4;
        return _GetIntLE(index);
    }

    public virtual long ReadLong()
    {
        var index = Readable(8);
        _readerIndex = index + 8;
        return _GetLong(index);
    }

    public virtual long ReadLongLE()
    {
        var index = Readable(8);
        _readerIndex = index + 8;
        return _GetLongLE(index);
    }

    public virtual int ReadUnsignedMedium()
    {
        var index = Readable(3);
        _readerIndex = index + 3;
        return _GetUnsignedMedium(index);
    }

    public virtual int ReadUnsignedMediumLE()
    {
        var index = Readable(3);
        _readerIndex = index + 3;
        return _GetUnsignedMediumLE(index);
    }

    public char ReadChar() => (char)ReadShort();

    public ushort ReadUnsignedShort() => (ushort)ReadShort();

    public uint ReadUnsignedInt() => (uint)ReadInt();

    public int ReadMedium() => SignMedium(ReadUnsignedMedium());

    public float ReadFloat() => BitConverter.Int32BitsToSingle(ReadInt());

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadLong());

    public ushort ReadUnsignedShortLE() => (ushort)ReadShortLE();

    public uint ReadUnsignedIntLE() => (uint)ReadIntLE();

    public int ReadMediumLE() => SignMedium(ReadUnsignedMediumLE());

    public float ReadFloatLE() => BitConverter.Int32BitsToSingle(ReadIntLE());

    public double ReadDoubleLE() => BitConverter.Int64BitsToDouble(ReadLongLE());

    public virtual IByteBuffer ReadBytes(int length)
    {
        CheckReadableBytes(length);
        if (length == 0)
            return Unpooled.Empty;

        var copy = Allocator.Buffer(length, Math.Max(length, MaxCapacity));
        copy.WriteBytes(this, _readerIndex, length);
        _readerIndex += length;
        return copy;
    }

    public virtual IByteBuffer ReadBytes(byte[] dst)
    {
        ArgumentNullException.ThrowIfNull(dst);
        return ReadBytes(dst, 0, dst.Length);
    }

    public virtual IByteBuffer ReadBytes(byte[] destination, int dstIndex, int length)
    {
        CheckReadableBytes(length);
        GetBytes(_readerIndex, destination, dstIndex, length);
        _readerIndex += length;
        return this;
    }

    public virtual IByteBuffer ReadBytes(IByteBuffer dst)
    {
        ArgumentNullException.ThrowIfNull(dst);
        return ReadBytes(dst, dst.WritableBytes);
    }

    public virtual IByteBuffer ReadBytes(IByteBuffer dst, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        if (length > dst.WritableBytes)
            ThrowIndex($"{length} bytes are more than the {dst.WritableBytes} writable ones of the destination");
        ReadBytes(dst, dst.WriterIndex, length);
        dst.SetWriterIndex(dst.WriterIndex + length);
        return this;
    }

    public virtual IByteBuffer ReadBytes(IByteBuffer dst, int dstIndex, int length)
    {
        CheckReadableBytes(length);
        GetBytes(_readerIndex, dst, dstIndex, length);
        _readerIndex += length;
        return this;
    }

    public virtual IByteBuffer ReadBytes(Stream destination, int length)
    {
        CheckReadableBytes(length);
        GetBytes(_readerIndex, destination, length);
        _readerIndex += length;
        return this;
    }

    public virtual IByteBuffer ReadSlice(int length)
    {
        CheckReadableBytes(length);
        var slice = Slice(_readerIndex, length);
        _readerIndex += length;
        return slice;
    }

    public virtual IByteBuffer ReadRetainedSlice(int length)
    {
        CheckReadableBytes(length);
        var slice = RetainedSlice(_readerIndex, length);
        _readerIndex += length;
        return slice;
    }

    public virtual IByteBuffer SkipBytes(int length)
    {
        CheckReadableBytes(length);
        _readerIndex += length;
        return this;
    }
}
