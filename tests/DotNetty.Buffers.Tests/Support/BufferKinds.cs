namespace DotNetty.Buffers.Tests;

/// <summary>Makes empty buffers of every kind, and releases what stands behind them.</summary>
public static class BufferKinds
{
    private const int Before = 3;
    private const int Behind = 5;
    private const int ComponentSize = 5;

    public static TheoryData<BufferKind> All => new(Enum.GetValues<BufferKind>());

    public static TheoryData<BufferKind> Growing => new(
        BufferKind.Pooled, BufferKind.PooledDirect, BufferKind.PooledLarge, BufferKind.UnpooledHeap, BufferKind.UnpooledDirect, BufferKind.CompositeOfOne,
        BufferKind.CompositeOfMany, BufferKind.Duplicate, BufferKind.RetainedDuplicate, BufferKind.DuplicateOfComposite, BufferKind.Unreleasable,
        BufferKind.Foreign);

    public static TheoryData<BufferKind> Contiguous => new(
        BufferKind.Pooled, BufferKind.PooledDirect, BufferKind.PooledLarge, BufferKind.UnpooledHeap, BufferKind.UnpooledDirect, BufferKind.Wrapped,
        BufferKind.CompositeOfOne, BufferKind.Slice, BufferKind.RetainedSlice, BufferKind.SliceOfSlice, BufferKind.Duplicate, BufferKind.RetainedDuplicate,
        BufferKind.Unreleasable, BufferKind.Foreign);

    public static IByteBuffer New(BufferKind kind, int capacity) => Make(kind, capacity).SetIndex(0, 0);

    /// <summary>A buffer with these bytes readable and a capacity of exactly that.</summary>
    public static IByteBuffer Of(BufferKind kind, params byte[] bytes) => New(kind, bytes.Length).WriteBytes(bytes);

    private static IByteBuffer Make(BufferKind kind, int capacity) => kind switch
    {
        BufferKind.Pooled => PooledByteBufferAllocator.Default.HeapBuffer(capacity),
        BufferKind.PooledDirect => PooledByteBufferAllocator.Default.DirectBuffer(capacity),
        BufferKind.PooledLarge => PooledByteBufferAllocator.Default.Buffer(3 << 20).AdjustCapacity(capacity),
        BufferKind.UnpooledHeap => Unpooled.Buffer(capacity),
        BufferKind.UnpooledDirect => Unpooled.DirectBuffer(capacity),
        BufferKind.Wrapped => Unpooled.WrappedBuffer(new byte[capacity]),
        BufferKind.CompositeOfOne => Unpooled.CompositeBuffer().AddComponent(true, Unpooled.Buffer(capacity).SetIndex(0, capacity)),
        BufferKind.CompositeOfMany => Many(capacity),
        BufferKind.Slice => Unpooled.Buffer(Before + capacity + Behind).Slice(Before, capacity),
        BufferKind.RetainedSlice => Sole(Unpooled.Buffer(Before + capacity + Behind), parent => parent.RetainedSlice(Before, capacity)),
        BufferKind.SliceOfSlice => Unpooled.Buffer(Before + capacity + Behind).Slice(1, capacity + Before).Slice(Before - 1, capacity),
        BufferKind.Duplicate => Unpooled.Buffer(capacity).Duplicate(),
        BufferKind.RetainedDuplicate => Sole(PooledByteBufferAllocator.Default.Buffer(capacity), parent => parent.RetainedDuplicate()),
        BufferKind.SliceOfComposite => Many(Before + capacity + Behind).Slice(Before, capacity),
        BufferKind.RetainedSliceOfComposite => Sole(Many(Before + capacity + Behind), parent => parent.RetainedSlice(Before, capacity)),
        BufferKind.DuplicateOfComposite => Many(capacity).Duplicate(),
        BufferKind.Unreleasable => Unpooled.UnreleasableBuffer(Unpooled.Buffer(capacity)),
        BufferKind.Foreign => new ForeignByteBuffer(Unpooled.Buffer(capacity)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static CompositeByteBuffer Many(int capacity)
    {
        var composite = Unpooled.CompositeBuffer(int.MaxValue);
        for (var left = capacity; left > 0; left -= ComponentSize)
        {
            var size = Math.Min(left, ComponentSize);
            composite.AddComponent(true, Unpooled.Buffer(size + 1).SetIndex(1, size + 1));
        }

        return composite;
    }

    private static IByteBuffer Sole(IByteBuffer parent, Func<IByteBuffer, IByteBuffer> retained)
    {
        var view = retained(parent);
        parent.Release();
        return view;
    }
}
