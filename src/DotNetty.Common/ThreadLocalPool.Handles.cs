#nullable disable
namespace DotNetty.Common;

public partial class ThreadLocalPool
{
    /// <summary>How an object returns to its pool.</summary>
    public abstract class Handle
    {
        /// <summary>Gives <paramref name="value"/>, the object made for this handle, back.</summary>
        /// <exception cref="InvalidOperationException">It was given back already.</exception>
        /// <exception cref="ArgumentException">Another object than the one made for this handle.</exception>
        public abstract void Release<T>(T value)
            where T : class;
    }

    /// <summary>The handle of a pool that keeps nothing: what is given back is left to the garbage collector.</summary>
    protected sealed class NoopHandle : Handle
    {
        public static readonly NoopHandle Instance = new();

        private NoopHandle()
        {
        }

        public override void Release<T>(T value)
        {
        }
    }

    /// <summary>The handle of one object of a pool.</summary>
    protected sealed class DefaultHandle : Handle
    {
        private readonly ThreadLocalPool _pool;
        private object _value;
        private int _taken = 1;

        internal DefaultHandle(ThreadLocalPool pool) => _pool = pool;

        /// <summary>The pool has had it before: what it was judged by then holds.</summary>
        internal bool WasKept { get; set; }

        public override void Release<T>(T value)
        {
            if (!ReferenceEquals(value, _value))
                throw new ArgumentException("Not the object of this handle.", nameof(value));
            if (Interlocked.Exchange(ref _taken, 0) == 0)
                throw new InvalidOperationException("The object was given back already.");

            _pool.Keep(this);
        }

        internal void Hold(object value) => _value = value;

        /// <summary>Waits in the pool without ever having been out.</summary>
        internal void Lay() => _taken = 0;

        internal object Take()
        {
            _taken = 1;
            return _value;
        }
    }
}
