#nullable disable

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    public virtual IByteBuffer SetByte(int index, int value)
    {
        CheckIndex(index, 1);
        _SetByte(index, value);
        return this;
    }

    protected internal abstract void _SetByte(int index, int value);

    public virtual IByteBuffer SetBoolean(int index, bool value) => SetByte(index, value ? 1 : 0);

    public virtual IByteBuffer SetShort(int index, int value)
    {
        CheckIndex(index, 2);
        _SetShort(index, value);
        return this;
    }

    protected internal abstract void _SetShort(int index, int value);

    public virtual IByteBuffer SetShortLE(int index, int value)
    {
        CheckIndex(index, 2);
        _SetShortLE(index, value);
        return this;
    }

    protected internal abstract void _SetShortLE(int index, int value);

    public virtual IByteBuffer SetMedium(int index, int value)
    {
        CheckIndex(index, 3);
        _SetMedium(index, value);
        return this;
    }

    protected internal abstract void _SetMedium(int index, int value);

    public virtual IByteBuffer SetMediumLE(int index, int value)
    {
        CheckIndex(index, 3);
        _SetMediumLE(index, value);
        return this;
    }

    protected internal abstract void _SetMediumLE(int index, int value);

    public virtual IByteBuffer SetInt(int index, int value)
    {
        CheckIndex(index, 4);
        _SetInt(index, value);
        return this;
    }

    protected internal abstract void _SetInt(int index, int value);

    public virtual IByteBuffer SetIntLE(int index, int value)
    {
        CheckIndex(index, 4);
        _SetIntLE(index, value);
        return this;
    }

    protected internal abstract void _SetIntLE(int index, int value);

    public virtual IByteBuffer SetLong(int index, long value)
    {
        CheckIndex(index, 8);
        _SetLong(index, value);
        return this;
    }

    protected internal abstract void _SetLong(int index, long value);

    public virtual IByteBuffer SetLongLE(int index, long value)
    {
        CheckIndex(index, 8);
        _SetLongLE(index, value);
        return this;
    }

    protected internal abstract void _SetLongLE(int index, long value);

    public virtual IByteBuffer SetChar(int index, char value) => SetShort(index, value);

    public IByteBuffer SetUnsignedShort(int index, ushort value) => SetShort(index, value);

    public IByteBuffer SetUnsignedInt(int index, uint value) => SetInt(index, (int)value);

    public virtual IByteBuffer SetFloat(int index, float value) => SetInt(index, BitConverter.SingleToInt32Bits(value));

    public virtual IByteBuffer SetDouble(int index, double value) => SetLong(index, BitConverter.DoubleToInt64Bits(value));

    public IByteBuffer SetUnsignedShortLE(int index, ushort value) => SetShortLE(index, value);

    public IByteBuffer SetUnsignedIntLE(int index, uint value) => SetIntLE(index, (int)value);

    public IByteBuffer SetFloatLE(int index, float value) => SetIntLE(index, BitConverter.SingleToInt32Bits(value));

    public IByteBuffer SetDoubleLE(int index, double value) => SetLongLE(index, BitConverter.DoubleToInt64Bits(value));

    public virtual IByteBuffer SetBytes(int index, byte[] src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return SetBytes(index, src, 0, src.Length);
    }

    public abstract IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length);

    public virtual IByteBuffer SetBytes(int index, IByteBuffer src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return SetBytes(index, src, src.ReadableBytes);
    }

    public virtual IByteBuffer SetBytes(int index, IByteBuffer src, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckIndex(index, length);
        CheckSourceReadable(src, length);
        SetBytes(index, src, src.ReaderIndex, length);
        src.SetReaderIndex(src.ReaderIndex + length);
        return this;
    }

    public abstract IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length);

    public abstract Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken);

    public virtual IByteBuffer SetZero(int index, int length)
    {
        CheckIndex(index, length);
        for (var end = index + length; index < end; index++)
            _SetByte(index, 0);
        return this;
    }

    /// <summary>Copies the span to <paramref name="index"/>.</summary>
    internal virtual void SetSpan(int index, ReadOnlySpan<byte> src) => SetBytes(index, src.ToArray());

    private static void CheckSourceReadable(IByteBuffer src, int length)
    {
        if (length > src.ReadableBytes)
            ThrowIndex($"{length} bytes are more than the {src.ReadableBytes} readable ones of the source");
    }
}
