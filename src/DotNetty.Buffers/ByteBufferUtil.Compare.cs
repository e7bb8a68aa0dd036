#nullable disable
namespace DotNetty.Buffers;

public static partial class ByteBufferUtil
{
    private const int EmptyHash = 1;

    /// <summary>A hash of the readable bytes: the same for equal content in any kind of buffer.</summary>
    public static int HashCode(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var index = buffer.ReaderIndex;
        var length = buffer.ReadableBytes;
        if (SpanAccess.TryGet(buffer, index, length, out var bytes))
            return AddHash(EmptyHash, bytes);

        var hash = EmptyHash;
        Span<byte> chunk = stackalloc byte[ChunkSize];
        for (; length > 0; length -= ChunkSize, index += ChunkSize)
        {
            var part = chunk[..Math.Min(length, ChunkSize)];
            buffer.GetBytes(index, part);
            hash = AddHash(hash, part);
        }

        return hash;
    }

    /// <summary>True when the readable bytes are the same.</summary>
    public static bool Equals(IByteBuffer bufferA, IByteBuffer bufferB)
    {
        ArgumentNullException.ThrowIfNull(bufferA);
        ArgumentNullException.ThrowIfNull(bufferB);
        return bufferA.ReadableBytes == bufferB.ReadableBytes
            && Equals(bufferA, bufferA.ReaderIndex, bufferB, bufferB.ReaderIndex, bufferA.ReadableBytes);
    }

    /// <summary>True when <paramref name="length"/> bytes are the same; false too when one buffer has not written so many.</summary>
    public static bool Equals(IByteBuffer a, int aStartIndex, IByteBuffer b, int bStartIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentOutOfRangeException.ThrowIfNegative(aStartIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(bStartIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (a.WriterIndex - length < aStartIndex || b.WriterIndex - length < bStartIndex)
            return false;
        return Difference(a, aStartIndex, b, bStartIndex, length) == 0;
    }

    /// <summary>Compares the readable bytes as unsigned numbers; the shorter of two equal beginnings comes first.</summary>
    public static int Compare(IByteBuffer bufferA, IByteBuffer bufferB)
    {
        ArgumentNullException.ThrowIfNull(bufferA);
        ArgumentNullException.ThrowIfNull(bufferB);
        var common = Math.Min(bufferA.ReadableBytes, bufferB.ReadableBytes);
        var difference = Difference(bufferA, bufferA.ReaderIndex, bufferB, bufferB.ReaderIndex, common);
        return difference != 0 ? difference : bufferA.ReadableBytes - bufferB.ReadableBytes;
    }

    private static int Difference(IByteBuffer a, int aIndex, IByteBuffer b, int bIndex, int length)
    {
        if (SpanAccess.TryGet(a, aIndex, length, out var left) && SpanAccess.TryGet(b, bIndex, length, out var right))
            return left.SequenceCompareTo(right);

        Span<byte> aChunk = stackalloc byte[ChunkSize];
        Span<byte> bChunk = stackalloc byte[ChunkSize];
        for (var done = 0; done < length; done += ChunkSize)
        {
            var count = Math.Min(length - done, ChunkSize);
            a.GetBytes(aIndex + done, aChunk[..count]);
            b.GetBytes(bIndex + done, bChunk[..count]);
            var difference = aChunk[..count].SequenceCompareTo(bChunk[..count]);
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static int AddHash(int hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            hash = unchecked(hash * 31 + value);
        return hash;
    }
}
