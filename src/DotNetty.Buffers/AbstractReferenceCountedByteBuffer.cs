#nullable disable
using System.Diagnostics.CodeAnalysis;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

/// <summary>A buffer that counts its owners itself. Born with one; with the last one <see cref="Deallocate"/> runs, once.</summary>
public abstract class AbstractReferenceCountedByteBuffer : AbstractByteBuffer
{
    private int _count = 1;
    private IResourceLeakTracker _leak;

    protected AbstractReferenceCountedByteBuffer(int maxCapacity)
        : base(maxCapacity) => Counted = this;

    public override int ReferenceCount => OwnCount;

    internal int OwnCount => Volatile.Read(ref _count);

    /// <summary>True when the leak detector watches this buffer.</summary>
    internal bool IsTracked => _leak != null;

    protected internal void SetReferenceCount(int value) => Volatile.Write(ref _count, value);

    /// <summary>Gives the storage back. Called once, by whoever released last.</summary>
    protected internal abstract void Deallocate();

    public override IReferenceCounted Retain() => RetainMore(1);

    public override IReferenceCounted Retain(int increment)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(increment);
        return RetainMore(increment);
    }

    public override bool Release()
    {
        // Who finds himself the only owner is alone with the buffer: nobody else may touch it, so nothing needs to be interlocked.
        if (Volatile.Read(ref _count) != 1)
            return ReleaseShared(1);
        Volatile.Write(ref _count, 0);
        Free();
        return true;
    }

    public override bool Release(int decrement)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decrement);
        return ReleaseShared(decrement);
    }

    public override IReferenceCounted Touch()
    {
        _leak?.Record();
        return this;
    }

    public override IReferenceCounted Touch(object hint)
    {
        _leak?.Record(hint);
        return this;
    }

    /// <summary>Has the leak detector told when this buffer is released, or else that it never was.</summary>
    internal void Track(IResourceLeakTracker leak) => _leak = leak;

    private AbstractReferenceCountedByteBuffer RetainMore(int increment)
    {
        var seen = Volatile.Read(ref _count);
        while (true)
        {
            // The loop looks before it adds: an increment taken back would be a moment in which a dead buffer lives.
            if (seen <= 0 || seen > int.MaxValue - increment)
                ThrowCount(seen, increment);
            var before = Interlocked.CompareExchange(ref _count, seen + increment, seen);
            if (before == seen)
                break;
            seen = before;
        }

        _leak?.Record();
        return this;
    }

    private bool ReleaseShared(int decrement)
    {
        var seen = Volatile.Read(ref _count);
        while (true)
        {
            if (seen < decrement)
                ThrowCount(seen, -decrement);
            var before = Interlocked.CompareExchange(ref _count, seen - decrement, seen);
            if (before == seen)
                break;
            seen = before;
        }

        _leak?.Record();
        if (seen != decrement)
            return false;
        Free();
        return true;
    }

    private void Free()
    {
        _leak?.Close(this);
        Deallocate();
    }

    [DoesNotReturn]
    private static void ThrowCount(int count, int change) => throw new IllegalReferenceCountException(count, change);
}
