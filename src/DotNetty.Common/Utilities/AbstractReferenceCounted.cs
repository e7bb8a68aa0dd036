#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Counts the owners of an object, from 1 at its birth to the <see cref="Deallocate"/> of the last release. A refused change leaves the count as it was.</summary>
public abstract class AbstractReferenceCounted : IReferenceCounted
{
    private int _referenceCount = 1;

    public int ReferenceCount => Volatile.Read(ref _referenceCount);

    public IReferenceCounted Retain() => RetainCore(1);

    public IReferenceCounted Retain(int increment)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(increment);
        return RetainCore(increment);
    }

    /// <summary>Adds owners. An override must call this one.</summary>
    /// <exception cref="IllegalReferenceCountException">The object is released already, or the count would overflow.</exception>
    protected virtual IReferenceCounted RetainCore(int increment)
    {
        int count;
        do
        {
            count = Volatile.Read(ref _referenceCount);
            if (count <= 0 || count > int.MaxValue - increment)
                throw new IllegalReferenceCountException(count, increment);
        }
        while (Interlocked.CompareExchange(ref _referenceCount, count + increment, count) != count);

        return this;
    }

    public IReferenceCounted Touch() => Touch(null);

    public abstract IReferenceCounted Touch(object hint);

    public bool Release() => ReleaseCore(1);

    public bool Release(int decrement)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decrement);
        return ReleaseCore(decrement);
    }

    /// <summary>Gives the storage back. Called once, by the last release.</summary>
    protected abstract void Deallocate();

    private bool ReleaseCore(int decrement)
    {
        var count = Volatile.Read(ref _referenceCount);

        // Whoever reads 1 is the only owner left, so nobody can change the count beside him.
        if (count == 1 && decrement == 1)
            Volatile.Write(ref _referenceCount, 0);
        else if (SubtractShared(count, decrement) > 0)
            return false;

        Deallocate();
        return true;
    }

    private int SubtractShared(int count, int decrement)
    {
        while (true)
        {
            if (count < decrement)
                throw new IllegalReferenceCountException(count, -decrement);

            var found = Interlocked.CompareExchange(ref _referenceCount, count - decrement, count);
            if (found == count)
                return count - decrement;
            count = found;
        }
    }
}
