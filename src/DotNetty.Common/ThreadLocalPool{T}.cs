#nullable disable
namespace DotNetty.Common;

/// <summary>
/// Objects for reuse, kept by the thread that gave them back. Take and release take no lock; a thread that only releases keeps up to its capacity
/// and leaves the rest to the garbage collector.
/// </summary>
public sealed class ThreadLocalPool<T> : ThreadLocalPool
    where T : class
{
    private readonly Func<Handle, T> _valueFactory;
    private readonly bool _preCreate;
    private readonly ThreadLocal<Stock> _stock;

    public ThreadLocalPool(Func<Handle, T> valueFactory)
        : this(valueFactory, DefaultMaxCapacityPerThread)
    {
    }

    /// <param name="valueFactory">Makes an object; it keeps the handle to release itself by.</param>
    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    public ThreadLocalPool(Func<Handle, T> valueFactory, int maxCapacityPerThread)
        : this(valueFactory, maxCapacityPerThread, DefaultMaxSharedCapacityFactor)
    {
    }

    /// <param name="valueFactory">Makes an object; it keeps the handle to release itself by.</param>
    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    /// <param name="preCreate">A thread makes all objects of its capacity when it first takes one.</param>
    public ThreadLocalPool(Func<Handle, T> valueFactory, int maxCapacityPerThread, bool preCreate)
        : this(valueFactory, maxCapacityPerThread, DefaultMaxSharedCapacityFactor, DefaultRatio, DefaultMaxDelayedQueuesPerThread, preCreate)
    {
    }

    public ThreadLocalPool(Func<Handle, T> valueFactory, int maxCapacityPerThread, int maxSharedCapacityFactor)
        : this(valueFactory, maxCapacityPerThread, maxSharedCapacityFactor, DefaultRatio, DefaultMaxDelayedQueuesPerThread)
    {
    }

    public ThreadLocalPool(
        Func<Handle, T> valueFactory,
        int maxCapacityPerThread,
        int maxSharedCapacityFactor,
        int ratio,
        int maxDelayedQueuesPerThread,
        bool preCreate = false)
        : base(maxCapacityPerThread, maxSharedCapacityFactor, ratio, maxDelayedQueuesPerThread)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        _valueFactory = valueFactory;
        _preCreate = preCreate;
        _stock = new ThreadLocal<Stock>(NewStock);
    }

    /// <summary>An object given back on this thread before, or a new one.</summary>
    public T Take()
    {
        if (maxCapacityPerThread == 0)
            return _valueFactory(NoopHandle.Instance);
        if (_stock.Value.Handles.TryPop(out DefaultHandle handle))
            return (T)handle.Take();

        return (T)NewHandle().Take();
    }

    private protected override void Keep(DefaultHandle handle)
    {
        Stock stock = _stock.Value;
        if (stock.Handles.Count >= maxCapacityPerThread)
            return;
        if (!handle.WasKept && (stock.FirstReleases++ & ratioMask) != 0)
            return;

        handle.WasKept = true;
        stock.Handles.Push(handle);
    }

    private Stock NewStock()
    {
        var stock = new Stock();
        for (int i = 0; _preCreate && i < maxCapacityPerThread; i++)
        {
            DefaultHandle handle = NewHandle();
            handle.Lay();
            handle.WasKept = true;
            stock.Handles.Push(handle);
        }

        return stock;
    }

    private DefaultHandle NewHandle()
    {
        var handle = new DefaultHandle(this);
        handle.Hold(_valueFactory(handle));
        return handle;
    }

    private sealed class Stock
    {
        public Stack<DefaultHandle> Handles { get; } = new();

        /// <summary>How many objects were given back here for their first time, to keep one in the ratio.</summary>
        public int FirstReleases { get; set; }
    }
}
