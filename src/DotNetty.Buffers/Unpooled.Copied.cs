#nullable disable
using System.Text;

namespace DotNetty.Buffers;

public static partial class Unpooled
{
    /// <summary>A new buffer with a copy of the array.</summary>
    public static IByteBuffer CopiedBuffer(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return CopiedBuffer(array, 0, array.Length);
    }

    /// <summary>A new buffer with a copy of part of the array.</summary>
    public static IByteBuffer CopiedBuffer(byte[] array, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        return length == 0 ? Empty : WrappedBuffer(array.AsSpan(offset, length).ToArray());
    }

    /// <summary>A new buffer with copies of the arrays one after the other.</summary>
    public static IByteBuffer CopiedBuffer(params byte[][] arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var copy = Buffer(arrays.Sum(array => array.Length));
        foreach (var array in arrays)
            copy.WriteBytes(array);
        return copy;
    }

    /// <summary>A new buffer with a copy of the readable bytes, whose reader index stays.</summary>
    public static IByteBuffer CopiedBuffer(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.IsReadable() ? Append(Buffer(buffer.ReadableBytes), buffer) : Empty;
    }

    /// <summary>A new buffer with copies of the readable bytes one after the other; reader indices stay.</summary>
    public static IByteBuffer CopiedBuffer(params IByteBuffer[] buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        return buffers.Aggregate(Buffer(buffers.Sum(buffer => buffer.ReadableBytes)), Append);
    }

    /// <summary>A new buffer with the encoded characters.</summary>
    public static IByteBuffer CopiedBuffer(char[] array, int offset, int length, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(encoding);
        return length == 0 ? Empty : WrappedBuffer(encoding.GetBytes(array, offset, length));
    }

    /// <summary>A new buffer with the encoded string.</summary>
    public static IByteBuffer CopiedBuffer(string value, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ByteBufferUtil.EncodeString(Allocator, value, encoding);
    }

    /// <summary>A new buffer with the value in 1 byte.</summary>
    public static IByteBuffer CopyBoolean(bool value) => Buffer(1, 1).WriteBoolean(value);

    /// <summary>A new buffer with the values in 1 byte each.</summary>
    public static IByteBuffer CopyBoolean(params bool[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 1, values.Length * 1);
        foreach (var value in values)
            copy.WriteBoolean(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 2 bytes.</summary>
    public static IByteBuffer CopyShort(int value) => Buffer(2, 2).WriteShort(value);

    /// <summary>A new buffer with the values in 2 bytes each.</summary>
    public static IByteBuffer CopyShort(params int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 2, values.Length * 2);
        foreach (var value in values)
            copy.WriteShort(value);
        return copy;
    }

    /// <summary>A new buffer with the values in 2 bytes each.</summary>
    public static IByteBuffer CopyShort(params short[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 2, values.Length * 2);
        foreach (var value in values)
            copy.WriteShort(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 3 bytes.</summary>
    public static IByteBuffer CopyMedium(int value) => Buffer(3, 3).WriteMedium(value);

    /// <summary>A new buffer with the values in 3 bytes each.</summary>
    public static IByteBuffer CopyMedium(params int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 3, values.Length * 3);
        foreach (var value in values)
            copy.WriteMedium(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 4 bytes.</summary>
    public static IByteBuffer CopyInt(int value) => Buffer(4, 4).WriteInt(value);

    /// <summary>A new buffer with the values in 4 bytes each.</summary>
    public static IByteBuffer CopyInt(params int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 4, values.Length * 4);
        foreach (var value in values)
            copy.WriteInt(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 8 bytes.</summary>
    public static IByteBuffer CopyLong(long value) => Buffer(8, 8).WriteLong(value);

    /// <summary>A new buffer with the values in 8 bytes each.</summary>
    public static IByteBuffer CopyLong(params long[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 8, values.Length * 8);
        foreach (var value in values)
            copy.WriteLong(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 4 bytes.</summary>
    public static IByteBuffer CopyFloat(float value) => Buffer(4, 4).WriteFloat(value);

    /// <summary>A new buffer with the values in 4 bytes each.</summary>
    public static IByteBuffer CopyFloat(params float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 4, values.Length * 4);
        foreach (var value in values)
            copy.WriteFloat(value);
        return copy;
    }

    /// <summary>A new buffer with the value in 8 bytes.</summary>
    public static IByteBuffer CopyDouble(double value) => Buffer(8, 8).WriteDouble(value);

    /// <summary>A new buffer with the values in 8 bytes each.</summary>
    public static IByteBuffer CopyDouble(params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = Buffer(values.Length * 8, values.Length * 8);
        foreach (var value in values)
            copy.WriteDouble(value);
        return copy;
    }

    private static IByteBuffer Append(IByteBuffer copy, IByteBuffer buffer) => copy.WriteBytes(buffer, buffer.ReaderIndex, buffer.ReadableBytes);
}
