#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>A view of another buffer, <see cref="IByteBuffer.Unwrap"/>, whose reference count it shares unless a subclass counts for itself.</summary>
public abstract class AbstractDerivedByteBuffer : AbstractByteBuffer
{
    protected AbstractDerivedByteBuffer(int maxCapacity)
        : base(maxCapacity)
    {
    }

    public sealed override int ReferenceCount => ReferenceCount0();

    public sealed override IReferenceCounted Retain() => Retain0();

    public sealed override IReferenceCounted Retain(int increment) => Retain0(increment);

    public sealed override IReferenceCounted Touch() => Touch0();

    public sealed override IReferenceCounted Touch(object hint) => Touch0(hint);

    public sealed override bool Release() => Release0();

    public sealed override bool Release(int decrement) => Release0(decrement);

    public override ArraySegment<byte> GetIoBuffer(int index, int length) => Unwrap().GetIoBuffer(index, length);

    public override ArraySegment<byte>[] GetIoBuffers(int index, int length) => Unwrap().GetIoBuffers(index, length);

    protected virtual int ReferenceCount0() => Unwrap().ReferenceCount;

    protected virtual IByteBuffer Retain0()
    {
        Unwrap().Retain();
        return this;
    }

    protected virtual IByteBuffer Retain0(int increment)
    {
        Unwrap().Retain(increment);
        return this;
    }

    protected virtual IByteBuffer Touch0()
    {
        Unwrap().Touch();
        return this;
    }

    protected virtual IByteBuffer Touch0(object hint)
    {
        Unwrap().Touch(hint);
        return this;
    }

    protected virtual bool Release0() => Unwrap().Release();

    protected virtual bool Release0(int decrement) => Unwrap().Release(decrement);
}
