#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

internal sealed partial class UnreleasableByteBuffer
{
    public IByteBuffer SetBoolean(int index, bool value)
    {
        _buffer.SetBoolean(index, value);
        return this;
    }

    public IByteBuffer SetByte(int index, int value)
    {
        _buffer.SetByte(index, value);
        return this;
    }

    public IByteBuffer SetBytes(int index, IByteBuffer src)
    {
        _buffer.SetBytes(index, src);
        return this;
    }

    public IByteBuffer SetBytes(int index, IByteBuffer src, int length)
    {
        _buffer.SetBytes(index, src, length);
        return this;
    }

    public IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length)
    {
        _buffer.SetBytes(index, src, srcIndex, length);
        return this;
    }

    public IByteBuffer SetBytes(int index, byte[] src)
    {
        _buffer.SetBytes(index, src);
        return this;
    }

    public IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length)
    {
        _buffer.SetBytes(index, src, srcIndex, length);
        return this;
    }

    public IByteBuffer SetChar(int index, char value)
    {
        _buffer.SetChar(index, value);
        return this;
    }

    public IByteBuffer SetDouble(int index, double value)
    {
        _buffer.SetDouble(index, value);
        return this;
    }

    public IByteBuffer SetDoubleLE(int index, double value)
    {
        _buffer.SetDoubleLE(index, value);
        return this;
    }

    public IByteBuffer SetFloat(int index, float value)
    {
        _buffer.SetFloat(index, value);
        return this;
    }

    public IByteBuffer SetFloatLE(int index, float value)
    {
        _buffer.SetFloatLE(index, value);
        return this;
    }

    public IByteBuffer SetInt(int index, int value)
    {
        _buffer.SetInt(index, value);
        return this;
    }

    public IByteBuffer SetIntLE(int index, int value)
    {
        _buffer.SetIntLE(index, value);
        return this;
    }

    public IByteBuffer SetLong(int index, long value)
    {
        _buffer.SetLong(index, value);
        return this;
    }

    public IByteBuffer SetLongLE(int index, long value)
    {
        _buffer.SetLongLE(index, value);
        return this;
    }

    public IByteBuffer SetMedium(int index, int value)
    {
        _buffer.SetMedium(index, value);
        return this;
    }

    public IByteBuffer SetMediumLE(int index, int value)
    {
        _buffer.SetMediumLE(index, value);
        return this;
    }

    public IByteBuffer SetShort(int index, int value)
    {
        _buffer.SetShort(index, value);
        return this;
    }

    public IByteBuffer SetShortLE(int index, int value)
    {
        _buffer.SetShortLE(index, value);
        return this;
    }

    public IByteBuffer SetUnsignedInt(int index, uint value)
    {
        _buffer.SetUnsignedInt(index, value);
        return this;
    }

    public IByteBuffer SetUnsignedIntLE(int index, uint value)
    {
        _buffer.SetUnsignedIntLE(index, value);
        return this;
    }

    public IByteBuffer SetUnsignedShort(int index, ushort value)
    {
        _buffer.SetUnsignedShort(index, value);
        return this;
    }

    public IByteBuffer SetUnsignedShortLE(int index, ushort value)
    {
        _buffer.SetUnsignedShortLE(index, value);
        return this;
    }

    public IByteBuffer SetZero(int index, int length)
    {
        _buffer.SetZero(index, length);
        return this;
    }

    public Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken) => _buffer.SetBytesAsync(index, src, length, cancellationToken);

    public int SetCharSequence(int index, ICharSequence sequence, Encoding encoding) => _buffer.SetCharSequence(index, sequence, encoding);

    public int SetString(int index, string value, Encoding encoding) => _buffer.SetString(index, value, encoding);
}
