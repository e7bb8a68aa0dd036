#nullable disable
namespace DotNetty.Buffers;

/// <summary>A buffer on a block of a pool. The object is used again with whatever block comes next.</summary>
internal sealed class PooledByteBuffer : ContiguousByteBuffer
{
    /// <summary>The next one in its owner's store of unused buffers, or among those returned by other threads.</summary>
    internal PooledByteBuffer Next;

    private IBlockOwner _owner;
    private PooledByteBufferAllocator _allocator;
    private byte[] _memory;
    private int _start;
    private bool _isDirect;

    internal PooledByteBuffer()
        : base(0)
    {
    }

    /// <summary>Where the block is in a slab; null when the storage is the buffer's own.</summary>
    internal Run Run { get; private set; }

    internal int Block { get; private set; }

    public override int StorageSize => BlockSize;

    internal int BlockSize { get; private set; }

    internal byte[] Memory => _memory;

    public override IByteBufferAllocator Allocator => _allocator;

    public override bool IsDirect => _isDirect;

    public override bool HasMemoryAddress => true;

    internal override int CapacityInPlace => BlockSize;

    public override IByteBuffer Unwrap() => null;

    /// <summary>Puts the buffer on a block of a slab.</summary>
    internal void SetBlock(IBlockOwner owner, Run run, int block)
    {
        Run = run;
        Block = block;
        SetMemory(owner, run.Slab.Memory, run.OffsetOf(block), run.BlockSize);
    }

    /// <summary>Puts the buffer on pinned memory of its own.</summary>
    internal void SetOwnMemory(IBlockOwner owner, byte[] memory)
    {
        Run = null;
        SetMemory(owner, memory, 0, memory.Length);
    }

    /// <summary>Lets go of a block that was given back.</summary>
    internal void Forget()
    {
        Run = null;
        _memory = null;
    }

    /// <summary>Begins a life: one owner, nothing read, nothing written.</summary>
    internal PooledByteBuffer Begin(PooledByteBufferAllocator allocator, int capacity, int maxCapacity, bool isDirect)
    {
        _allocator = allocator;
        _isDirect = isDirect;
        SetMaxCapacity(maxCapacity);
        SetIndex0(0, 0);
        DiscardMarks();
        SetStorage(_memory, _start, capacity);
        SetReferenceCount(1);
        return this;
    }

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        if (newCapacity > BlockSize || newCapacity <= BlockSize / 2 && BlockSize > SizeClass.Smallest)
            Move(newCapacity);
        else
            SetLength(newCapacity);
        ClampIndices(newCapacity);
        return this;
    }

    protected internal override void Deallocate()
    {
        SetStorage(NoBytes, 0, 0);
        if (IsTracked)
            GiveBlockBack();
        else
            _owner.Return(this);
    }

    /// <summary>A buffer that was watched is not used again: whatever is done to it from now on fails, where another would disturb its next user.</summary>
    private void GiveBlockBack()
    {
        var carrier = new PooledByteBuffer();
        carrier.SetReferenceCount(0);
        SwapMemory(carrier);
        carrier._owner.Return(carrier);
    }

    /// <summary>Changes memory with a new buffer, which takes the old one home: the block may belong to another thread.</summary>
    private void Move(int newCapacity)
    {
        var other = PooledByteBufferAllocator.TakeBlock(newCapacity);
        var kept = Math.Min(Capacity, newCapacity);
        At(0, kept).CopyTo(other._memory.AsSpan(other._start, kept));
        SwapMemory(other);
        SetStorage(_memory, _start, newCapacity);
        other.SetReferenceCount(0);
        other._owner.Return(other);
    }

    private void SwapMemory(PooledByteBuffer other)
    {
        (_owner, other._owner) = (other._owner, _owner);
        (_memory, other._memory) = (other._memory, _memory);
        (_start, other._start) = (other._start, _start);
        (Run, other.Run) = (other.Run, Run);
        (Block, other.Block) = (other.Block, Block);
        (BlockSize, other.BlockSize) = (other.BlockSize, BlockSize);
    }

    private void SetMemory(IBlockOwner owner, byte[] memory, int start, int size)
    {
        _owner = owner;
        _memory = memory;
        _start = start;
        BlockSize = size;
    }
}
