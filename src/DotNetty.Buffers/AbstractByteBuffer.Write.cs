#nullable disable

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    public virtual IByteBuffer WriteByte(int value)
    {
        var index = Writable(1);
        _SetByte(index, value);
        _writerIndex = index + 1;
        return this;
    }

    public virtual IByteBuffer WriteBoolean(bool value) => WriteByte(value ? 1 : 0);

    public virtual IByteBuffer WriteShort(int value)
    {
        var index = Writable(2);
        _SetShort(index, value);
        _writerIndex = index + 2;
        return this;
    }

    public virtual IByteBuffer WriteShortLE(int value)
    {
        var index = Writable(2);
        _SetShortLE(index, value);
        _writerIndex = index + 2;
        return this;
    }

    public virtual IByteBuffer WriteMedium(int value)
    {
        var index = Writable(3);
        _SetMedium(index, value);
        _writerIndex = index + 3;
        return this;
    }

    public virtual IByteBuffer WriteMediumLE(int value)
    {
        var index = Writable(3);
        _SetMediumLE(index, value);
        _writerIndex = index + 3;
        return this;
    }

    public virtual IByteBuffer WriteInt(int value)
    {
        var index = Writable(4);
        _SetInt(index, value);
        _writerIndex = index + 4;
        return this;
    }

    public virtual IByteBuffer WriteIntLE(int value)
    {
        var index = Writable(4);
        _SetIntLE(index, value);
        _writerIndex = index + 4;
        return this;
    }

    public virtual IByteBuffer WriteLong(long value)
    {
        var index = Writable(8);
        _SetLong(index, value);
        _writerIndex = index + 8;
        return this;
    }

    public virtual IByteBuffer WriteLongLE(long value)
    {
        var index = Writable(8);
        _SetLongLE(index, value);
        _writerIndex = index + 8;
        return this;
    }

    public virtual IByteBuffer WriteChar(char value) => WriteShort(value);

    public IByteBuffer WriteUnsignedShort(ushort value) => WriteShort(value);

    public virtual IByteBuffer WriteFloat(float value) => WriteInt(BitConverter.SingleToInt32Bits(value));

    public virtual IByteBuffer WriteDouble(double value) => WriteLong(BitConverter.DoubleToInt64Bits(value));

    public IByteBuffer WriteUnsignedShortLE(ushort value) => WriteShortLE(value);

    public IByteBuffer WriteFloatLE(float value) => WriteIntLE(BitConverter.SingleToInt32Bits(value));

    public IByteBuffer WriteDoubleLE(double value) => WriteLongLE(BitConverter.DoubleToInt64Bits(value));

    public virtual IByteBuffer WriteBytes(byte[] src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return WriteBytes(src, 0, src.Length);
    }

    public virtual IByteBuffer WriteBytes(byte[] src, int srcIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var index = Writable(length);
        SetBytes(index, src, srcIndex, length);
        _writerIndex = index + length;
        return this;
    }

    public virtual IByteBuffer WriteBytes(IByteBuffer src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return WriteBytes(src, src.ReadableBytes);
    }

    public virtual IByteBuffer WriteBytes(IByteBuffer src, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckSourceReadable(src, length);
        WriteBytes(src, src.ReaderIndex, length);
        src.SetReaderIndex(src.ReaderIndex + length);
        return this;
    }

    public virtual IByteBuffer WriteBytes(IByteBuffer src, int srcIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var index = Writable(length);
        SetBytes(index, src, srcIndex, length);
        _writerIndex = index + length;
        return this;
    }

    /// <inheritdoc cref="IByteBuffer.WriteBytes(ReadOnlySpan{byte})"/>
    public virtual IByteBuffer WriteBytes(ReadOnlySpan<byte> src)
    {
        var index = Writable(src.Length);
        SetSpan(index, src);
        _writerIndex = index + src.Length;
        return this;
    }

    public Task WriteBytesAsync(Stream stream, int length) => WriteBytesAsync(stream, length, CancellationToken.None);

    public virtual async Task WriteBytesAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        EnsureWritable(length);
        var index = WriterIndex;
        var read = await SetBytesAsync(index, stream, length, cancellationToken).ConfigureAwait(false);
        SetWriterIndex(index + read);
    }

    public virtual IByteBuffer WriteZero(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var index = Writable(length);
        SetZero(index, length);
        _writerIndex = index + length;
        return this;
    }
}
