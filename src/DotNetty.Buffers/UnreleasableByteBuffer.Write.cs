#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

internal sealed partial class UnreleasableByteBuffer
{
    public IByteBuffer WriteBoolean(bool value)
    {
        _buffer.WriteBoolean(value);
        return this;
    }

    public IByteBuffer WriteByte(int value)
    {
        _buffer.WriteByte(value);
        return this;
    }

    public IByteBuffer WriteBytes(IByteBuffer src)
    {
        _buffer.WriteBytes(src);
        return this;
    }

    public IByteBuffer WriteBytes(IByteBuffer src, int length)
    {
        _buffer.WriteBytes(src, length);
        return this;
    }

    public IByteBuffer WriteBytes(IByteBuffer src, int srcIndex, int length)
    {
        _buffer.WriteBytes(src, srcIndex, length);
        return this;
    }

    public IByteBuffer WriteBytes(byte[] src)
    {
        _buffer.WriteBytes(src);
        return this;
    }

    public IByteBuffer WriteBytes(byte[] src, int srcIndex, int length)
    {
        _buffer.WriteBytes(src, srcIndex, length);
        return this;
    }

    public IByteBuffer WriteChar(char value)
    {
        _buffer.WriteChar(value);
        return this;
    }

    public IByteBuffer WriteDouble(double value)
    {
        _buffer.WriteDouble(value);
        return this;
    }

    public IByteBuffer WriteDoubleLE(double value)
    {
        _buffer.WriteDoubleLE(value);
        return this;
    }

    public IByteBuffer WriteFloat(float value)
    {
        _buffer.WriteFloat(value);
        return this;
    }

    public IByteBuffer WriteFloatLE(float value)
    {
        _buffer.WriteFloatLE(value);
        return this;
    }

    public IByteBuffer WriteInt(int value)
    {
        _buffer.WriteInt(value);
        return this;
    }

    public IByteBuffer WriteIntLE(int value)
    {
        _buffer.WriteIntLE(value);
        return this;
    }

    public IByteBuffer WriteLong(long value)
    {
        _buffer.WriteLong(value);
        return this;
    }

    public IByteBuffer WriteLongLE(long value)
    {
        _buffer.WriteLongLE(value);
        return this;
    }

    public IByteBuffer WriteMedium(int value)
    {
        _buffer.WriteMedium(value);
        return this;
    }

    public IByteBuffer WriteMediumLE(int value)
    {
        _buffer.WriteMediumLE(value);
        return this;
    }

    public IByteBuffer WriteShort(int value)
    {
        _buffer.WriteShort(value);
        return this;
    }

    public IByteBuffer WriteShortLE(int value)
    {
        _buffer.WriteShortLE(value);
        return this;
    }

    public IByteBuffer WriteUnsignedShort(ushort value)
    {
        _buffer.WriteUnsignedShort(value);
        return this;
    }

    public IByteBuffer WriteUnsignedShortLE(ushort value)
    {
        _buffer.WriteUnsignedShortLE(value);
        return this;
    }

    public IByteBuffer WriteZero(int length)
    {
        _buffer.WriteZero(length);
        return this;
    }

    public Task WriteBytesAsync(Stream stream, int length) => _buffer.WriteBytesAsync(stream, length);

    public Task WriteBytesAsync(Stream stream, int length, CancellationToken cancellationToken) => _buffer.WriteBytesAsync(stream, length, cancellationToken);

    public int WriteCharSequence(ICharSequence sequence, Encoding encoding) => _buffer.WriteCharSequence(sequence, encoding);

    public int WriteString(string value, Encoding encoding) => _buffer.WriteString(value, encoding);
}
