#nullable disable
namespace DotNetty.Buffers;

/// <summary>
/// Makes buffers on blocks of pinned slabs: from the arena of the current thread where there is one, else from a pool that all other threads share.
/// Heap and direct buffers lie in the same memory, which is pinned and array-backed. All instances share one pool: the sizes and numbers of
/// DotNetty's constructors are checked and then not used.
/// </summary>
public class PooledByteBufferAllocator : AbstractByteBufferAllocator, IByteBufferAllocatorMetricProvider
{
    public static readonly int DefaultNumHeapArena = Environment.ProcessorCount;
    public static readonly int DefaultNumDirectArena = Environment.ProcessorCount;
    public static readonly int DefaultPageSize = Slab.UnitSize;
    public static readonly int DefaultMaxOrder = 4;
    public static readonly int DefaultTinyCacheSize;
    public static readonly int DefaultSmallCacheSize;
    public static readonly int DefaultNormalCacheSize;

    public static readonly PooledByteBufferAllocator Default = new(DefaultPreferDirect);

    public PooledByteBufferAllocator()
        : this(DefaultPreferDirect)
    {
    }

    public PooledByteBufferAllocator(bool preferDirect)
        : base(preferDirect)
    {
    }

    public PooledByteBufferAllocator(int nHeapArena, int nDirectArena, int pageSize, int maxOrder)
        : this(DefaultPreferDirect, nHeapArena, nDirectArena, pageSize, maxOrder)
    {
    }

    public PooledByteBufferAllocator(bool preferDirect, int nHeapArena, int nDirectArena, int pageSize, int maxOrder)
        : this(preferDirect, nHeapArena, nDirectArena, pageSize, maxOrder, DefaultTinyCacheSize, DefaultSmallCacheSize, DefaultNormalCacheSize)
    {
    }

    public PooledByteBufferAllocator(int nHeapArena, int nDirectArena, int pageSize, int maxOrder, int tinyCacheSize, int smallCacheSize, int normalCacheSize)
        : this(DefaultPreferDirect, nHeapArena, nDirectArena, pageSize, maxOrder, tinyCacheSize, smallCacheSize, normalCacheSize)
    {
    }

    public PooledByteBufferAllocator(bool preferDirect, int nHeapArena, int nDirectArena, int pageSize, int maxOrder, int tinyCacheSize, int smallCacheSize, int normalCacheSize)
        : base(preferDirect)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nHeapArena);
        ArgumentOutOfRangeException.ThrowIfNegative(nDirectArena);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        ArgumentOutOfRangeException.ThrowIfNegative(maxOrder);
        ArgumentOutOfRangeException.ThrowIfNegative(tinyCacheSize);
        ArgumentOutOfRangeException.ThrowIfNegative(smallCacheSize);
        ArgumentOutOfRangeException.ThrowIfNegative(normalCacheSize);
    }

    /// <summary>Whether <see cref="Default"/> makes direct buffers: no, as both kinds lie in pinned memory.</summary>
    public static bool DefaultPreferDirect => false;

    public PooledByteBufferAllocatorMetric Metric { get; } = new();

    IByteBufferAllocatorMetric IByteBufferAllocatorMetricProvider.Metric => Metric;

    public override bool IsDirectBufferPooled => true;

    /// <summary>Gives the current thread a pool of its own; disposing it, on the same thread, detaches it. An event loop does so for as long as it runs.</summary>
    /// <exception cref="InvalidOperationException">The thread has one.</exception>
    public static BufferArena AttachToCurrentThread() => BufferArena.Attach();

    public override CompositeByteBuffer CompositeHeapBuffer(int maxNumComponents) => Composite(maxNumComponents, isDirect: false);

    public override CompositeByteBuffer CompositeDirectBuffer(int maxNumComponents) => Composite(maxNumComponents, isDirect: true);

    /// <summary>What the pools hold, in a few lines.</summary>
    public string DumpStats() => Metric.ToString();

    protected override IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity) => New(initialCapacity, maxCapacity, isDirect: false);

    protected override IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity) => New(initialCapacity, maxCapacity, isDirect: true);

    /// <summary>A buffer without a life yet, on memory of at least this size.</summary>
    internal static PooledByteBuffer TakeBlock(int bytes)
    {
        if (bytes > SizeClass.Largest)
            return OwnMemory.Instance.Take(bytes);

        var sizeClass = SizeClass.Of(bytes);
        return BufferArena.Current is { } arena
            ? arena.Take(sizeClass)
            : SharedPool.Instance.Take(sizeClass) ?? OwnMemory.Instance.Take(SizeClass.BytesOf(sizeClass));
    }

    private PooledCompositeByteBuffer Composite(int maxNumComponents, bool isDirect)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumComponents, 1);
        var composite = BufferArena.Current?.TakeComposite() is { } used
            ? used.Begin(this, isDirect, maxNumComponents)
            : new PooledCompositeByteBuffer(this, isDirect, maxNumComponents);
        Watch(composite);
        return composite;
    }

    private PooledByteBuffer New(int initialCapacity, int maxCapacity, bool isDirect)
    {
        var buffer = TakeBlock(initialCapacity).Begin(this, initialCapacity, maxCapacity, isDirect);
        Watch(buffer);
        return buffer;
    }
}
