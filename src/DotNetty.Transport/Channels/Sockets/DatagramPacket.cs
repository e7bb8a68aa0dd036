#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>One datagram: what it carries, whom it is from and whom it is for. Its reference count is its content's.</summary>
public sealed class DatagramPacket : DefaultAddressedEnvelope<IByteBuffer>, IByteBufferHolder
{
    /// <summary>A datagram to be sent.</summary>
    public DatagramPacket(IByteBuffer message, EndPoint recipient)
        : base(message, recipient)
    {
    }

    /// <summary>A datagram that was received, or one whose sender matters to a handler on its way.</summary>
    public DatagramPacket(IByteBuffer message, EndPoint sender, EndPoint recipient)
        : base(message, sender, recipient)
    {
    }

    public IByteBufferHolder Copy() => Replace(Content.Copy());

    public IByteBufferHolder Duplicate() => Replace(Content.Duplicate());

    public IByteBufferHolder RetainedDuplicate() => Replace(Content.RetainedDuplicate());

    public IByteBufferHolder Replace(IByteBuffer content) => new DatagramPacket(content, Sender, Recipient);

    public override IReferenceCounted Retain()
    {
        base.Retain();
        return this;
    }

    public override IReferenceCounted Retain(int increment)
    {
        base.Retain(increment);
        return this;
    }

    public override IReferenceCounted Touch()
    {
        base.Touch();
        return this;
    }

    public override IReferenceCounted Touch(object hint)
    {
        base.Touch(hint);
        return this;
    }
}
