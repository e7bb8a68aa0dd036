#nullable disable
namespace DotNetty.Buffers;

/// <summary>A buffer on an array of its own, which the collector takes back.</summary>
public class UnpooledHeapByteBuffer : ContiguousByteBuffer
{
    private byte[] _bytes;

    protected internal UnpooledHeapByteBuffer(IByteBufferAllocator alloc, int initialCapacity, int maxCapacity)
        : base(maxCapacity)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        CapacityArguments.CheckCapacity(initialCapacity, maxCapacity);
        Allocator = alloc;
        SetArray(NewArray(initialCapacity));
    }

    /// <summary>Wraps an array, all of it readable, without copying it.</summary>
    protected internal UnpooledHeapByteBuffer(IByteBufferAllocator alloc, byte[] initialArray, int maxCapacity)
        : base(maxCapacity)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(initialArray);
        CapacityArguments.CheckCapacity(initialArray.Length, maxCapacity);
        Allocator = alloc;
        SetArray(initialArray);
        SetIndex0(0, initialArray.Length);
    }

    public override IByteBufferAllocator Allocator { get; }

    public override bool IsDirect => false;

    public override int StorageSize => _bytes.Length;

    public override IByteBuffer Unwrap() => null;

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        if (newCapacity == Capacity)
            return this;

        var old = _bytes;
        var kept = Math.Min(newCapacity, old.Length);
        var grown = AllocateArray(newCapacity);
        old.AsSpan(0, kept).CopyTo(grown);
        SetArray(grown);
        ClampIndices(newCapacity);
        FreeArray(old);
        return this;
    }

    /// <summary>An array for the buffer to begin with.</summary>
    protected byte[] NewArray(int initialCapacity) => AllocateArray(initialCapacity);

    /// <summary>Makes an array of exactly this size; its content may be anything.</summary>
    protected virtual byte[] AllocateArray(int initialCapacity) => new byte[initialCapacity];

    /// <summary>Takes an array back that is no longer used.</summary>
    protected virtual void FreeArray(byte[] bytes)
    {
        // The collector's.
    }

    /// <summary>Puts the buffer on another array.</summary>
    protected void SetArray(byte[] initialArray)
    {
        ArgumentNullException.ThrowIfNull(initialArray);
        _bytes = initialArray;
        SetStorage(initialArray, 0, initialArray.Length);
    }

    protected internal override void Deallocate()
    {
        var bytes = _bytes;
        _bytes = NoBytes;
        SetStorage(NoBytes, 0, 0);
        FreeArray(bytes);
    }
}
