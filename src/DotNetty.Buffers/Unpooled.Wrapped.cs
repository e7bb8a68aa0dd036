#nullable disable
namespace DotNetty.Buffers;

public static partial class Unpooled
{
    /// <summary>The array as a buffer, all of it readable, not copied. It does not grow.</summary>
    public static IByteBuffer WrappedBuffer(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Length == 0 ? Empty : new UnpooledHeapByteBuffer(Allocator, array, array.Length);
    }

    /// <summary>Part of the array as a buffer, all of it readable, not copied. It does not grow.</summary>
    public static IByteBuffer WrappedBuffer(byte[] array, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (length == 0)
            return Empty;
        var whole = WrappedBuffer(array);
        return offset == 0 && length == array.Length ? whole : whole.Slice(offset, length);
    }

    /// <summary>The readable bytes of the buffer, whose reference is handed over; it is released at once when there are none.</summary>
    public static IByteBuffer WrappedBuffer(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (buffer.IsReadable())
            return buffer.Slice();

        buffer.Release();
        return Empty;
    }

    /// <summary>The arrays one after the other, not copied.</summary>
    public static IByteBuffer WrappedBuffer(params byte[][] arrays) => WrappedBuffer(AbstractByteBufferAllocator.DefaultMaxComponents, arrays);

    /// <summary>The readable bytes of the buffers one after the other, not copied; their references are handed over.</summary>
    public static IByteBuffer WrappedBuffer(params IByteBuffer[] buffers) => WrappedBuffer(AbstractByteBufferAllocator.DefaultMaxComponents, buffers);

    /// <inheritdoc cref="WrappedBuffer(byte[][])"/>
    public static IByteBuffer WrappedBuffer(int maxNumComponents, params byte[][] arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        return WrappedBuffer(maxNumComponents, System.Array.ConvertAll(arrays, array => array == null ? Empty : WrappedBuffer(array)));
    }

    /// <inheritdoc cref="WrappedBuffer(IByteBuffer[])"/>
    public static IByteBuffer WrappedBuffer(int maxNumComponents, params IByteBuffer[] buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        var filled = System.Array.FindAll(buffers, buffer => buffer != null && buffer.IsReadable());
        foreach (var buffer in buffers)
        {
            if (buffer != null && !buffer.IsReadable())
                buffer.Release();
        }

        return filled.Length switch
        {
            0 => Empty,
            1 => filled[0].Slice(),
            _ => new CompositeByteBuffer(Allocator, false, maxNumComponents, filled),
        };
    }
}
