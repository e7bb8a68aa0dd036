#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>The checks and defaults that all allocators share; a subclass makes the heap and the direct buffer.</summary>
public abstract class AbstractByteBufferAllocator : IByteBufferAllocator
{
    public const int DefaultInitialCapacity = 256;
    public const int DefaultMaxCapacity = int.MaxValue;
    public const int DefaultMaxComponents = 16;

    private const int SmallestGrowth = 64;
    private const int GrowthStep = 4 << 20;

    private static readonly ResourceLeakDetector LeakDetector = ResourceLeakDetector.Create<IByteBuffer>();

    private readonly bool _preferDirect;
    private readonly EmptyByteBuffer _empty;

    protected AbstractByteBufferAllocator()
        : this(false)
    {
    }

    /// <summary><paramref name="preferDirect"/>: <see cref="Buffer()"/> makes direct buffers.</summary>
    protected AbstractByteBufferAllocator(bool preferDirect)
    {
        _preferDirect = preferDirect;
        _empty = new EmptyByteBuffer(this);
    }

    public abstract bool IsDirectBufferPooled { get; }

    public IByteBuffer Buffer() => Buffer(DefaultInitialCapacity, DefaultMaxCapacity);

    public IByteBuffer Buffer(int initialCapacity) => Buffer(initialCapacity, DefaultMaxCapacity);

    public IByteBuffer Buffer(int initialCapacity, int maxCapacity) =>
        _preferDirect ? DirectBuffer(initialCapacity, maxCapacity) : HeapBuffer(initialCapacity, maxCapacity);

    public IByteBuffer HeapBuffer() => HeapBuffer(DefaultInitialCapacity, DefaultMaxCapacity);

    public IByteBuffer HeapBuffer(int initialCapacity) => HeapBuffer(initialCapacity, DefaultMaxCapacity);

    public IByteBuffer HeapBuffer(int initialCapacity, int maxCapacity)
    {
        CapacityArguments.CheckCapacity(initialCapacity, maxCapacity);
        return maxCapacity == 0 ? _empty : NewHeapBuffer(initialCapacity, maxCapacity);
    }

    public IByteBuffer DirectBuffer() => DirectBuffer(DefaultInitialCapacity, DefaultMaxCapacity);

    public IByteBuffer DirectBuffer(int initialCapacity) => DirectBuffer(initialCapacity, DefaultMaxCapacity);

    public IByteBuffer DirectBuffer(int initialCapacity, int maxCapacity)
    {
        CapacityArguments.CheckCapacity(initialCapacity, maxCapacity);
        return maxCapacity == 0 ? _empty : NewDirectBuffer(initialCapacity, maxCapacity);
    }

    public CompositeByteBuffer CompositeBuffer() => CompositeBuffer(DefaultMaxComponents);

    public CompositeByteBuffer CompositeBuffer(int maxComponents) =>
        _preferDirect ? CompositeDirectBuffer(maxComponents) : CompositeHeapBuffer(maxComponents);

    public CompositeByteBuffer CompositeHeapBuffer() => CompositeHeapBuffer(DefaultMaxComponents);

    public virtual CompositeByteBuffer CompositeHeapBuffer(int maxNumComponents) =>
        ToLeakAwareBuffer(new CompositeByteBuffer(this, false, maxNumComponents));

    public CompositeByteBuffer CompositeDirectBuffer() => CompositeDirectBuffer(DefaultMaxComponents);

    public virtual CompositeByteBuffer CompositeDirectBuffer(int maxNumComponents) =>
        ToLeakAwareBuffer(new CompositeByteBuffer(this, true, maxNumComponents));

    public int CalculateNewCapacity(int minNewCapacity, int maxCapacity)
    {
        CapacityArguments.CheckCapacity(minNewCapacity, maxCapacity);
        if (minNewCapacity > GrowthStep)
        {
            var steps = ((long)minNewCapacity + GrowthStep - 1) / GrowthStep;
            return (int)Math.Min(steps * GrowthStep, maxCapacity);
        }

        var doubled = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(minNewCapacity, SmallestGrowth));
        return (int)Math.Min(doubled, (uint)maxCapacity);
    }

    /// <summary>Has the leak detector watch the buffer, if it wants this one. The buffer stays the same object: a watched one costs a record at each
    /// retain, release and touch, the others nothing.</summary>
    protected static IByteBuffer ToLeakAwareBuffer(IByteBuffer buf)
    {
        if (buf is AbstractReferenceCountedByteBuffer counted)
            Watch(counted);
        return buf;
    }

    /// <inheritdoc cref="ToLeakAwareBuffer(IByteBuffer)"/>
    protected static CompositeByteBuffer ToLeakAwareBuffer(CompositeByteBuffer buf)
    {
        ArgumentNullException.ThrowIfNull(buf);
        Watch(buf);
        return buf;
    }

    private protected static void Watch(AbstractReferenceCountedByteBuffer buffer)
    {
        if (ResourceLeakDetector.Enabled && LeakDetector.Track(buffer) is { } leak)
            buffer.Track(leak);
    }

    protected abstract IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity);

    protected abstract IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity);
}
