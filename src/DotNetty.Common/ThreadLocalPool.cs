#nullable disable
namespace DotNetty.Common;

/// <summary>What pools of all types have in common.</summary>
public class ThreadLocalPool
{
    protected static readonly int DefaultMaxCapacityPerThread = 4 * 1024;

    protected readonly int maxCapacityPerThread;

    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    public ThreadLocalPool(int maxCapacityPerThread)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxCapacityPerThread);
        this.maxCapacityPerThread = maxCapacityPerThread;
    }

    /// <summary>How an object returns to its pool.</summary>
    public abstract class Handle
    {
        /// <summary>Gives <paramref name="value"/>, the object made for this handle, back.</summary>
        /// <exception cref="InvalidOperationException">It was given back already.</exception>
        /// <exception cref="ArgumentException">Another object than the one made for this handle.</exception>
        public abstract void Release<T>(T value)
            where T : class;
    }
}
