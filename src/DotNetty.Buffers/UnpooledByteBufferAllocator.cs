#nullable disable
namespace DotNetty.Buffers;

/// <summary>Makes buffers on arrays that the collector takes back: on ordinary ones, or on pinned ones for direct buffers.</summary>
public sealed class UnpooledByteBufferAllocator : AbstractByteBufferAllocator, IByteBufferAllocatorMetricProvider
{
    public static readonly UnpooledByteBufferAllocator Default = new();

    private readonly UnpooledMetric _metric = new();
    private readonly bool _disableLeakDetector;

    public UnpooledByteBufferAllocator()
        : this(false, false)
    {
    }

    public UnpooledByteBufferAllocator(bool preferDirect)
        : this(preferDirect, false)
    {
    }

    /// <summary>With <paramref name="disableLeakDetector"/> a buffer that is never released is left to the collector in silence.</summary>
    public UnpooledByteBufferAllocator(bool preferDirect, bool disableLeakDetector)
        : base(preferDirect) => _disableLeakDetector = disableLeakDetector;

    public override bool IsDirectBufferPooled => false;

    public IByteBufferAllocatorMetric Metric => _metric;

    public override CompositeByteBuffer CompositeHeapBuffer(int maxNumComponents) => Composite(false, maxNumComponents);

    public override CompositeByteBuffer CompositeDirectBuffer(int maxNumComponents) => Composite(true, maxNumComponents);

    protected override IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity) =>
        Aware(new CountedHeapByteBuffer(this, _metric, initialCapacity, maxCapacity));

    protected override IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity) =>
        Aware(new CountedDirectByteBuffer(this, _metric, initialCapacity, maxCapacity));

    private IByteBuffer Aware(IByteBuffer buffer) => _disableLeakDetector ? buffer : ToLeakAwareBuffer(buffer);

    private CompositeByteBuffer Composite(bool direct, int maxNumComponents)
    {
        var composite = new CompositeByteBuffer(this, direct, maxNumComponents);
        return _disableLeakDetector ? composite : ToLeakAwareBuffer(composite);
    }
}
