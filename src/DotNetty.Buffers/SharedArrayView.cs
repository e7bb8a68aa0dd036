#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>A view that shares the reference count of the buffer it was made from.</summary>
internal sealed class SharedArrayView : ArrayView
{
    private readonly ContiguousByteBuffer _parent;

    internal SharedArrayView(ContiguousByteBuffer parent, int index, int length)
    {
        _parent = parent;
        Counted = parent.Counted;
        ShowSlice(parent, index, length);
    }

    internal SharedArrayView(ContiguousByteBuffer parent)
    {
        _parent = parent;
        Counted = parent.Counted;
        ShowAll(parent);
    }

    public override int ReferenceCount => Counted.OwnCount;

    public override IByteBuffer Unwrap() => _parent;

    public override IReferenceCounted Retain()
    {
        Counted.Retain();
        return this;
    }

    public override IReferenceCounted Retain(int increment)
    {
        Counted.Retain(increment);
        return this;
    }

    public override IReferenceCounted Touch()
    {
        Counted.Touch();
        return this;
    }

    public override IReferenceCounted Touch(object hint)
    {
        Counted.Touch(hint);
        return this;
    }

    public override bool Release() => Counted.Release();

    public override bool Release(int decrement) => Counted.Release(decrement);

    protected internal override void Deallocate()
    {
        // Never an owner.
    }
}
