#nullable disable
namespace DotNetty.Buffers;

/// <summary>A buffer on a pinned array of its own, which the collector takes back. Nothing in it is unsafe; the name is DotNetty's.</summary>
public class UnpooledUnsafeDirectByteBuffer : ContiguousByteBuffer
{
    private bool _doFree;
    private byte[] _bytes;

    public UnpooledUnsafeDirectByteBuffer(IByteBufferAllocator alloc, int initialCapacity, int maxCapacity)
        : base(maxCapacity)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        CapacityArguments.CheckCapacity(initialCapacity, maxCapacity);
        Allocator = alloc;
        _doFree = true;
        SetBytes(NewArray(initialCapacity));
    }

    /// <summary>Wraps a pinned array, all of it readable; <paramref name="doFree"/> tells whether <see cref="FreeDirect"/> gets it in the end.</summary>
    protected UnpooledUnsafeDirectByteBuffer(IByteBufferAllocator alloc, byte[] initialBuffer, int maxCapacity, bool doFree)
        : base(maxCapacity)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(initialBuffer);
        CapacityArguments.CheckCapacity(initialBuffer.Length, maxCapacity);
        Allocator = alloc;
        _doFree = doFree;
        SetBytes(initialBuffer);
        SetIndex0(0, initialBuffer.Length);
    }

    public override IByteBufferAllocator Allocator { get; }

    public override bool IsDirect => true;

    public override int StorageSize => _bytes.Length;

    public override IByteBuffer Unwrap() => null;

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        if (newCapacity == Capacity)
            return this;

        var old = _bytes;
        var grown = AllocateDirect(newCapacity);
        old.AsSpan(0, Math.Min(newCapacity, old.Length)).CopyTo(grown);
        SetBytes(grown);
        ClampIndices(newCapacity);
        if (_doFree)
            FreeDirect(old);
        _doFree = true;
        return this;
    }

    public override IByteBuffer GetBytes(int index, Stream output, int length) => base.GetBytes(index, output, length);

    /// <summary>A pinned array for the buffer to begin with.</summary>
    protected byte[] NewArray(int initialCapacity) => AllocateDirect(initialCapacity);

    /// <summary>Makes a pinned array of exactly this size; its content may be anything.</summary>
    protected virtual byte[] AllocateDirect(int initialCapacity) => GC.AllocateArray<byte>(initialCapacity, pinned: true);

    /// <summary>Takes an array back that is no longer used.</summary>
    protected virtual void FreeDirect(byte[] array)
    {
        // The collector's.
    }

    protected internal override void Deallocate()
    {
        var bytes = _bytes;
        SetBytes(NoBytes);
        if (_doFree)
            FreeDirect(bytes);
    }

    private void SetBytes(byte[] bytes)
    {
        _bytes = bytes;
        SetStorage(bytes, 0, bytes.Length);
    }
}
