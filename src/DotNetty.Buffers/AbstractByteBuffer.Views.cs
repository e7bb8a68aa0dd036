#nullable disable
using System.Buffers;

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer : IBufferWriter<byte>
{
    public virtual IByteBuffer Copy() => Copy(_readerIndex, ReadableBytes);

    public abstract IByteBuffer Copy(int index, int length);

    public virtual IByteBuffer Slice() => Slice(_readerIndex, ReadableBytes);

    public virtual IByteBuffer Slice(int index, int length)
    {
        CheckIndex(index, length);
        return new DerivedView(this, index, length);
    }

    public virtual IByteBuffer Duplicate()
    {
        EnsureAccessible();
        return new DerivedView(this);
    }

    public virtual IByteBuffer RetainedSlice() => RetainedSlice(_readerIndex, ReadableBytes);

    public virtual IByteBuffer RetainedSlice(int index, int length) => (IByteBuffer)Slice(index, length).Retain();

    public virtual IByteBuffer RetainedDuplicate() => (IByteBuffer)Duplicate().Retain();

    public ArraySegment<byte> GetIoBuffer() => GetIoBuffer(_readerIndex, ReadableBytes);

    public abstract ArraySegment<byte> GetIoBuffer(int index, int length);

    public ArraySegment<byte>[] GetIoBuffers() => GetIoBuffers(_readerIndex, ReadableBytes);

    public abstract ArraySegment<byte>[] GetIoBuffers(int index, int length);

    public virtual void AddIoBuffersTo(List<ArraySegment<byte>> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        AddRegions(regions, _readerIndex, ReadableBytes);
    }

    public virtual bool IsContiguous => IoBufferCount == 1;

    public virtual int StorageSize => Capacity;

    public virtual ReadOnlySpan<byte> ReadableSpan => ReadableMemory.Span;

    public virtual ReadOnlyMemory<byte> ReadableMemory => IsContiguous ? GetIoBuffer() : throw RegionErrors.NotContiguous(IoBufferCount);

    public virtual ReadOnlySequence<byte> ReadableSequence => ReadableRegions.ToSequence(GetIoBuffers());

    public virtual Span<byte> GetWritableSpan(int minimum) => GetWritableMemory(minimum).Span;

    public virtual void AdvanceWriter(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        SetWriterIndex(_writerIndex + count);
    }

    /// <summary>The storage from <paramref name="index"/> on in one region of at least <paramref name="minimum"/> bytes, which must be within the capacity.</summary>
    internal virtual Memory<byte> RegionAt(int index, int minimum) =>
        IsContiguous ? GetIoBuffer(index, Capacity - index) : throw RegionErrors.NotContiguous(IoBufferCount);

    /// <summary>Appends the regions in which these bytes lie.</summary>
    internal virtual void AddRegions(List<ArraySegment<byte>> regions, int index, int length)
    {
        if (IsContiguous)
            regions.Add(GetIoBuffer(index, length));
        else
            regions.AddRange(GetIoBuffers(index, length));
    }

    /// <inheritdoc cref="AddRegions(List{ArraySegment{byte}}, int, int)"/>
    private protected static void AddRegions(List<ArraySegment<byte>> regions, IByteBuffer buffer, int index, int length)
    {
        if (buffer is AbstractByteBuffer ours)
            ours.AddRegions(regions, index, length);
        else
            regions.AddRange(buffer.GetIoBuffers(index, length));
    }

    /// <summary>In how many regions these bytes lie.</summary>
    internal virtual int CountRegions(int index, int length) => IoBufferCount;

    private protected Memory<byte> GetWritableMemory(int minimum)
    {
        EnsureWritable(minimum);
        return RegionAt(_writerIndex, minimum);
    }

    void IBufferWriter<byte>.Advance(int count) => AdvanceWriter(count);

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => GetWritableMemory(Math.Max(sizeHint, 1));

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => GetWritableSpan(Math.Max(sizeHint, 1));
}
