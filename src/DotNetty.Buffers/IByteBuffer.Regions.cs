#nullable disable
using System.Buffers;

namespace DotNetty.Buffers;

/// <remarks>
/// Spans, memories and sequences are views: they end with the buffer's next growth or last release.
/// These members are not DotNetty's. They have bodies, so that buffers written for DotNetty still compile; ours override them.
/// </remarks>
public partial interface IByteBuffer
{
    /// <summary>True when all bytes lie in one region, so that <see cref="ReadableSpan"/> and <see cref="ReadableMemory"/> work.</summary>
    bool IsContiguous => IoBufferCount == 1;

    /// <summary>Bytes of storage that this buffer keeps alive: its whole block, however small a part of it a slice shows.</summary>
    int StorageSize => Capacity;

    /// <summary>The readable bytes.</summary>
    /// <exception cref="InvalidOperationException"><see cref="IsContiguous"/> is false: use <see cref="ReadableSequence"/>.</exception>
    ReadOnlySpan<byte> ReadableSpan => ReadableMemory.Span;

    /// <summary>The readable bytes.</summary>
    /// <exception cref="InvalidOperationException"><see cref="IsContiguous"/> is false: use <see cref="ReadableSequence"/>.</exception>
    ReadOnlyMemory<byte> ReadableMemory => IsContiguous ? GetIoBuffer() : throw RegionErrors.NotContiguous(IoBufferCount);

    /// <summary>The readable bytes of any buffer, composites included.</summary>
    ReadOnlySequence<byte> ReadableSequence => ReadableRegions.ToSequence(GetIoBuffers());

    /// <summary>Appends the regions of the readable bytes, as <see cref="GetIoBuffers()"/> returns them, without allocating any array.</summary>
    void AddIoBuffersTo(List<ArraySegment<byte>> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        regions.AddRange(GetIoBuffers());
    }

    /// <summary>The bytes behind <see cref="WriterIndex"/>, grown to at least <paramref name="minimum"/>; <see cref="AdvanceWriter"/> makes them readable.</summary>
    /// <exception cref="IndexOutOfRangeException">That would pass <see cref="MaxCapacity"/>.</exception>
    Span<byte> GetWritableSpan(int minimum)
    {
        EnsureWritable(minimum);
        return IsContiguous ? GetIoBuffer(WriterIndex, WritableBytes) : throw RegionErrors.NotContiguous(IoBufferCount);
    }

    /// <summary>Moves the writer index on by <paramref name="count"/> bytes written into <see cref="GetWritableSpan"/>.</summary>
    void AdvanceWriter(int count) => SetWriterIndex(WriterIndex + count);

    /// <summary>Writes the whole span.</summary>
    IByteBuffer WriteBytes(ReadOnlySpan<byte> src) => WriteBytes(src.ToArray());

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="index"/> on.</summary>
    void GetBytes(int index, Span<byte> destination)
    {
        var copy = new byte[destination.Length];
        GetBytes(index, copy);
        copy.CopyTo(destination);
    }
}
