#nullable disable
using System.Buffers.Binary;

namespace DotNetty.Buffers;

/// <summary>What can be done with any buffer: compare, search, encode, dump.</summary>
public static partial class ByteBufferUtil
{
    private const int ChunkSize = 512;

    /// <summary>The allocator used where none is named.</summary>
    public static readonly IByteBufferAllocator DefaultAllocator = PooledByteBufferAllocator.Default;

    /// <summary>True when <see cref="IByteBuffer.EnsureWritable(int, bool)"/> answered that there is room.</summary>
    public static bool EnsureWritableSuccess(int ensureWritableResult) => ensureWritableResult is 0 or 2;

    public static int SingleToInt32Bits(float value) => BitConverter.SingleToInt32Bits(value);

    public static float Int32BitsToSingle(int value) => BitConverter.Int32BitsToSingle(value);

    /// <summary>The bytes in opposite order.</summary>
    public static short SwapShort(short value) => BinaryPrimitives.ReverseEndianness(value);

    /// <inheritdoc cref="SwapShort"/>
    public static int SwapInt(int value) => BinaryPrimitives.ReverseEndianness(value);

    /// <inheritdoc cref="SwapShort"/>
    public static long SwapLong(long value) => BinaryPrimitives.ReverseEndianness(value);

    /// <summary>Reads <paramref name="length"/> bytes of <paramref name="buffer"/> into a buffer of <paramref name="alloc"/>.</summary>
    public static IByteBuffer ReadBytes(IByteBufferAllocator alloc, IByteBuffer buffer, int length)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(buffer);
        var copy = alloc.Buffer(length);
        try
        {
            buffer.ReadBytes(copy, length);
            return copy;
        }
        catch
        {
            copy.Release();
            throw;
        }
    }
}
