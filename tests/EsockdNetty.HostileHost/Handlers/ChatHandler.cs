using System.Collections.Concurrent;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace EsockdNetty.HostileHost.Handlers;

/// <summary>One room, as everybody writes it first: a message goes to all members, and nobody looks whether a member can be written to.</summary>
internal sealed class ChatHandler : ChannelHandlerAdapter
{
    private readonly ConcurrentDictionary<IChannel, bool> _members = new();

    public override bool IsSharable => true;

    public override void ChannelActive(IChannelHandlerContext context)
    {
        _members[context.Channel] = true;
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        _members.TryRemove(context.Channel, out _);
        context.FireChannelInactive();
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var text = (IByteBuffer)message;
        foreach (IChannel member in _members.Keys)
        {
            member.Write(text.RetainedDuplicate());
            member.Flush();
        }

        ReferenceCountUtil.Release(message);
    }
}
