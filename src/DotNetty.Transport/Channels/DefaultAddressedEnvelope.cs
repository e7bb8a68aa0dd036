#nullable disable
using System.Net;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>A message together with whom it is from and whom it is for; its reference count is the message's.</summary>
public class DefaultAddressedEnvelope<T> : IAddressedEnvelope<T>
{
    public DefaultAddressedEnvelope(T content, EndPoint recipient)
        : this(content, null, recipient)
    {
    }

    public DefaultAddressedEnvelope(T content, EndPoint sender, EndPoint recipient)
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
        Sender = sender;
        Recipient = recipient;
    }

    public T Content { get; }

    public EndPoint Sender { get; }

    public EndPoint Recipient { get; }

    public int ReferenceCount => Content is IReferenceCounted counted ? counted.ReferenceCount : 1;

    public virtual IReferenceCounted Retain()
    {
        ReferenceCountUtil.Retain(Content);
        return this;
    }

    public virtual IReferenceCounted Retain(int increment)
    {
        ReferenceCountUtil.Retain(Content, increment);
        return this;
    }

    public virtual IReferenceCounted Touch()
    {
        ReferenceCountUtil.Touch(Content);
        return this;
    }

    public virtual IReferenceCounted Touch(object hint)
    {
        ReferenceCountUtil.Touch(Content, hint);
        return this;
    }

    public bool Release() => ReferenceCountUtil.Release(Content);

    public bool Release(int decrement) => ReferenceCountUtil.Release(Content, decrement);

    public override string ToString() => $"{StringUtil.SimpleClassName(this)}({Sender} => {Recipient}, {Content})";
}
