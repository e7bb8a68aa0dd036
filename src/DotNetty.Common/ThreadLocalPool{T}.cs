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
    private readonly ThreadLocal<Stack<PooledHandle>> _kept = new(static () => new Stack<PooledHandle>());

    public ThreadLocalPool(Func<Handle, T> valueFactory)
        : this(valueFactory, DefaultMaxCapacityPerThread)
    {
    }

    /// <param name="valueFactory">Makes an object; it keeps the handle to release itself by.</param>
    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    public ThreadLocalPool(Func<Handle, T> valueFactory, int maxCapacityPerThread)
        : base(maxCapacityPerThread)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        _valueFactory = valueFactory;
    }

    /// <summary>An object given back on this thread before, or a new one.</summary>
    public T Take()
    {
        if (_kept.Value.TryPop(out var handle))
            return handle.Take();

        handle = new PooledHandle(this);
        return handle.Hold(_valueFactory(handle));
    }

    private void Keep(PooledHandle handle)
    {
        var kept = _kept.Value;
        if (kept.Count < maxCapacityPerThread)
            kept.Push(handle);
    }

    private sealed class PooledHandle : Handle
    {
        private readonly ThreadLocalPool<T> _pool;
        private T _value;
        private int _taken = 1;

        public PooledHandle(ThreadLocalPool<T> pool) => _pool = pool;

        public T Hold(T value) => _value = value;

        public T Take()
        {
            _taken = 1;
            return _value;
        }

        public override void Release<TValue>(TValue value)
        {
            if (!ReferenceEquals(value, _value))
                throw new ArgumentException("Not the object of this handle.", nameof(value));
            if (Interlocked.Exchange(ref _taken, 0) == 0)
                throw new InvalidOperationException("The object was given back already.");

            _pool.Keep(this);
        }
    }
}
