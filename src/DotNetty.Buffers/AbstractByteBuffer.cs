#nullable disable
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>
/// Indices, marks, checks and everything that follows from them. A subclass adds the storage: the <c>_Get</c> and <c>_Set</c> members, which are called with checked indices.
/// </summary>
public abstract partial class AbstractByteBuffer : IByteBuffer
{
    /// <summary>Who counts the owners of this buffer's storage, when that is one of ours: spares a virtual call at every access.</summary>
    internal AbstractReferenceCountedByteBuffer Counted;

    private protected int _readerIndex;
    private protected int _writerIndex;
    private int _markedReaderIndex;
    private int _markedWriterIndex;
    private int _maxCapacity;

    protected AbstractByteBuffer(int maxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxCapacity);
        _maxCapacity = maxCapacity;
    }

    public abstract int Capacity { get; }

    public virtual int MaxCapacity => _maxCapacity;

    public abstract IByteBufferAllocator Allocator { get; }

    public abstract bool IsDirect { get; }

    public abstract bool HasArray { get; }

    public abstract byte[] Array { get; }

    public abstract int ArrayOffset { get; }

    public abstract bool HasMemoryAddress { get; }

    public abstract int IoBufferCount { get; }

    public abstract int ReferenceCount { get; }

    public virtual int ReaderIndex => _readerIndex;

    public virtual int WriterIndex => _writerIndex;

    public virtual int ReadableBytes => _writerIndex - _readerIndex;

    public virtual int WritableBytes => Capacity - _writerIndex;

    public virtual int MaxWritableBytes => MaxCapacity - _writerIndex;

    public abstract ref byte GetPinnableMemoryAddress();

    public abstract IntPtr AddressOfPinnedMemory();

    public abstract IByteBuffer AdjustCapacity(int newCapacity);

    public abstract IByteBuffer Unwrap();

    public abstract IReferenceCounted Retain();

    public abstract IReferenceCounted Retain(int increment);

    public abstract IReferenceCounted Touch();

    public abstract IReferenceCounted Touch(object hint);

    public abstract bool Release();

    public abstract bool Release(int decrement);

    public virtual IByteBuffer SetReaderIndex(int index)
    {
        if ((uint)index > (uint)_writerIndex)
            ThrowIndex($"reader index {index} is not within 0 and the writer index {_writerIndex}");
        _readerIndex = index;
        return this;
    }

    public virtual IByteBuffer SetWriterIndex(int index)
    {
        if (index < _readerIndex || index > Capacity)
            ThrowIndex($"writer index {index} is not within the reader index {_readerIndex} and the capacity {Capacity}");
        _writerIndex = index;
        return this;
    }

    public virtual IByteBuffer SetIndex(int readerIdx, int writerIdx)
    {
        if (readerIdx < 0 || readerIdx > writerIdx || writerIdx > Capacity)
            ThrowIndex($"reader index {readerIdx} and writer index {writerIdx} are not in order within 0 and the capacity {Capacity}");
        SetIndex0(readerIdx, writerIdx);
        return this;
    }

    public virtual IByteBuffer Clear()
    {
        SetIndex0(0, 0);
        return this;
    }

    public virtual bool IsReadable() => _writerIndex > _readerIndex;

    public virtual bool IsReadable(int size) => ReadableBytes >= size;

    public virtual bool IsWritable() => Capacity > _writerIndex;

    public virtual bool IsWritable(int size) => WritableBytes >= size;

    public virtual IByteBuffer MarkReaderIndex()
    {
        _markedReaderIndex = _readerIndex;
        return this;
    }

    public virtual IByteBuffer ResetReaderIndex() => SetReaderIndex(_markedReaderIndex);

    public virtual IByteBuffer MarkWriterIndex()
    {
        _markedWriterIndex = _writerIndex;
        return this;
    }

    public virtual IByteBuffer ResetWriterIndex() => SetWriterIndex(_markedWriterIndex);

    public virtual IByteBuffer DiscardReadBytes()
    {
        EnsureAccessible();
        var read = _readerIndex;
        if (read == 0)
            return this;

        var readable = ReadableBytes;
        if (readable > 0)
            SetBytes(0, this, read, readable);
        AdjustMarkers(read);
        SetIndex0(0, readable);
        return this;
    }

    public virtual IByteBuffer DiscardSomeReadBytes()
    {
        EnsureAccessible();
        return _readerIndex == _writerIndex || _readerIndex >= Capacity >>> 1 ? DiscardReadBytes() : this;
    }

    public virtual IByteBuffer EnsureWritable(int minWritableBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minWritableBytes);
        EnsureWritable0(minWritableBytes);
        return this;
    }

    public virtual int EnsureWritable(int minWritableBytes, bool force)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minWritableBytes);
        EnsureAccessible();
        if (minWritableBytes <= WritableBytes)
            return 0;
        if (minWritableBytes <= MaxWritableBytes)
        {
            Grow(_writerIndex + minWritableBytes);
            return 2;
        }

        if (!force || Capacity == MaxCapacity)
            return 1;
        AdjustCapacity(MaxCapacity);
        return 3;
    }

    protected internal void EnsureWritable0(int minWritableBytes)
    {
        EnsureAccessible();
        if (minWritableBytes <= WritableBytes)
            return;
        if (minWritableBytes > MaxWritableBytes)
            ThrowIndex($"{minWritableBytes} bytes at writer index {_writerIndex} pass the maximum capacity {MaxCapacity}");
        Grow(_writerIndex + minWritableBytes);
    }

    /// <summary>The capacity that this buffer can have without moving its bytes.</summary>
    internal virtual int CapacityInPlace => Capacity;

    private void Grow(int needed)
    {
        var inPlace = Math.Min(CapacityInPlace, MaxCapacity);
        AdjustCapacity(needed <= inPlace ? inPlace : Allocator.CalculateNewCapacity(needed, MaxCapacity));
    }

    protected void SetMaxCapacity(int newMaxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newMaxCapacity);
        _maxCapacity = newMaxCapacity;
    }

    protected void SetIndex0(int readerIdx, int writerIdx)
    {
        _readerIndex = readerIdx;
        _writerIndex = writerIdx;
    }

    protected void SetWriterIndex0(int index) => _writerIndex = index;

    /// <summary>Moves the marks with bytes that moved down by <paramref name="decrement"/>.</summary>
    protected void AdjustMarkers(int decrement)
    {
        _markedReaderIndex = Math.Max(_markedReaderIndex - decrement, 0);
        _markedWriterIndex = Math.Max(_markedWriterIndex - decrement, 0);
    }

    /// <summary>Marks both indices.</summary>
    protected void MarkIndex()
    {
        _markedReaderIndex = _readerIndex;
        _markedWriterIndex = _writerIndex;
    }

    /// <summary>Forgets both marks.</summary>
    protected void DiscardMarks() => _markedReaderIndex = _markedWriterIndex = 0;

    /// <summary>Pulls the indices back into a capacity that has just been cut.</summary>
    internal void ClampIndices(int capacity)
    {
        if (_writerIndex <= capacity)
            return;
        _writerIndex = capacity;
        _readerIndex = Math.Min(_readerIndex, capacity);
    }

    protected void CheckIndex(int index) => CheckIndex(index, 1);

    protected internal void CheckIndex(int index, int fieldLength)
    {
        EnsureAccessible();
        CheckIndex0(index, fieldLength);
    }

    protected void CheckIndex0(int index, int fieldLength)
    {
        if ((index | fieldLength) < 0 || index > Capacity - fieldLength)
            ThrowRange(index, fieldLength, Capacity);
    }

    protected void CheckSrcIndex(int index, int length, int srcIndex, int srcCapacity)
    {
        CheckIndex(index, length);
        CheckOther(srcIndex, length, srcCapacity);
    }

    protected void CheckDstIndex(int index, int length, int dstIndex, int dstCapacity)
    {
        CheckIndex(index, length);
        CheckOther(dstIndex, length, dstCapacity);
    }

    protected void CheckReadableBytes(int minimumReadableBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumReadableBytes);
        Readable(minimumReadableBytes);
    }

    protected void CheckNewCapacity(int newCapacity)
    {
        EnsureAccessible();
        if (newCapacity < 0 || newCapacity > MaxCapacity)
            throw new ArgumentOutOfRangeException(nameof(newCapacity), newCapacity, $"The capacity must be within 0 and {MaxCapacity}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void EnsureAccessible()
    {
        var counted = Counted;
        if ((counted != null ? counted.OwnCount : ReferenceCount) <= 0)
            ThrowReleased();
    }

    /// <summary>The reader index, after a check that <paramref name="length"/> bytes can be read there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Readable(int length)
    {
        EnsureAccessible();
        var index = _readerIndex;
        if (length > _writerIndex - index)
            ThrowIndex($"{length} bytes at reader index {index} pass the writer index {_writerIndex}");
        return index;
    }

    /// <summary>The writer index, after there is room for <paramref name="length"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected int Writable(int length)
    {
        EnsureWritable0(length);
        return _writerIndex;
    }

    private static void CheckOther(int index, int length, int capacity)
    {
        if ((index | length) < 0 || index > capacity - length)
            ThrowRange(index, length, capacity);
    }

    [DoesNotReturn]
    private void ThrowReleased() => throw new Common.Utilities.IllegalReferenceCountException(ReferenceCount);

    [DoesNotReturn]
    private static void ThrowRange(int index, int length, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ThrowIndex($"{length} bytes at index {index} are not within the capacity {capacity}");
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIndex(FormattableString what) => throw new IndexOutOfRangeException(FormattableString.Invariant(what) + ".");
}
