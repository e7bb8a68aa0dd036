#nullable disable
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

/// <summary>A message that is its buffer; a subclass adds the rest and overrides <see cref="Replace"/>.</summary>
public class DefaultByteBufferHolder : IByteBufferHolder
{
    private readonly IByteBuffer _content;

    public DefaultByteBufferHolder(IByteBuffer data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _content = data;
    }

    public IByteBuffer Content => _content.ReferenceCount > 0 ? _content : throw new IllegalReferenceCountException(_content.ReferenceCount);

    public virtual int ReferenceCount => _content.ReferenceCount;

    public IByteBufferHolder Copy() => Replace(_content.Copy());

    public IByteBufferHolder Duplicate() => Replace(_content.Duplicate());

    public IByteBufferHolder RetainedDuplicate() => Replace(_content.RetainedDuplicate());

    public virtual IByteBufferHolder Replace(IByteBuffer content) => new DefaultByteBufferHolder(content);

    public IReferenceCounted Retain()
    {
        _content.Retain();
        return this;
    }

    public IReferenceCounted Retain(int increment)
    {
        _content.Retain(increment);
        return this;
    }

    public IReferenceCounted Touch()
    {
        _content.Touch();
        return this;
    }

    public IReferenceCounted Touch(object hint)
    {
        _content.Touch(hint);
        return this;
    }

    public bool Release() => _content.Release();

    public bool Release(int decrement) => _content.Release(decrement);

    public override bool Equals(object obj) =>
        ReferenceEquals(this, obj) || (obj is DefaultByteBufferHolder other && other.GetType() == GetType() && _content.Equals(other._content));

    public override int GetHashCode() => _content.GetHashCode();

    public override string ToString() => $"{GetType().Name}({ContentToString()})";

    /// <summary>The content's kind, indices and capacity, released or not.</summary>
    protected string ContentToString() => _content.ToString();
}
