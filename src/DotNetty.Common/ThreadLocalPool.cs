#nullable disable
using System.Numerics;

namespace DotNetty.Common;

/// <summary>What pools of all types have in common.</summary>
public partial class ThreadLocalPool
{
    protected static readonly int DefaultMaxCapacityPerThread = 4 * 1024;
    protected static readonly int DefaultInitialCapacity = 256;

    /// <summary>Every object given back is kept.</summary>
    protected static readonly int DefaultRatio = 1;

    protected static readonly int DefaultMaxSharedCapacityFactor = 2;
    protected static readonly int DefaultMaxDelayedQueuesPerThread = Environment.ProcessorCount * 2;

    protected readonly int maxCapacityPerThread;
    protected readonly int ratioMask;
    protected readonly int maxSharedCapacityFactor;
    protected readonly int maxDelayedQueuesPerThread;

    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    public ThreadLocalPool(int maxCapacityPerThread)
        : this(maxCapacityPerThread, DefaultMaxSharedCapacityFactor, DefaultRatio, DefaultMaxDelayedQueuesPerThread)
    {
    }

    /// <param name="maxCapacityPerThread">Objects a thread keeps at most; 0 keeps none.</param>
    /// <param name="maxSharedCapacityFactor">At least 1. Without effect: an object is kept by the thread that gives it back, within that thread's capacity.</param>
    /// <param name="ratio">Of objects given back for the first time, one in so many is kept, so that a burst does not fill the pool. A power of two, else the next one.</param>
    /// <param name="maxDelayedQueuesPerThread">At least 0. Without effect: there are no queues between threads.</param>
    public ThreadLocalPool(int maxCapacityPerThread, int maxSharedCapacityFactor, int ratio, int maxDelayedQueuesPerThread)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxCapacityPerThread);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSharedCapacityFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxDelayedQueuesPerThread);
        this.maxCapacityPerThread = maxCapacityPerThread;
        this.maxSharedCapacityFactor = maxSharedCapacityFactor;
        ratioMask = (int)(BitOperations.RoundUpToPowerOf2((uint)ratio) - 1);
        this.maxDelayedQueuesPerThread = maxDelayedQueuesPerThread;
    }

    /// <summary>Takes an object back that the handle's owner no longer uses.</summary>
    private protected virtual void Keep(DefaultHandle handle)
    {
    }
}
