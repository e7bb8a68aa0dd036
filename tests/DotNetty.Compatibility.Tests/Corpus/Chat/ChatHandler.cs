using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

/// <summary>One instance for everybody: what it knows of a member is an attribute of the member's channel.</summary>
public class ChatHandler : SimpleChannelInboundHandler<string>
{
    private static readonly AttributeKey<string> Nick = AttributeKey<string>.ValueOf("chat.nick");

    private readonly ChatRoom _room;

    public ChatHandler(ChatRoom room) => _room = room;

    public override bool IsSharable => true;

    public override void ChannelActive(IChannelHandlerContext context)
    {
        _room.Join(context.Channel);
        context.WriteAndFlushAsync("who are you?");
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        _room.Leave(context.Channel);
        _room.Broadcast(context.Channel.GetAttribute(Nick).Get() + " left");
        context.FireChannelInactive();
    }

    protected override void ChannelRead0(IChannelHandlerContext context, string message)
    {
        IAttribute<string> nick = context.Channel.GetAttribute(Nick);
        if (nick.SetIfAbsent(message) == null)
        {
            _room.Broadcast(message + " joined");
        }
        else if (message == "/quit")
        {
            context.WriteAndFlushAsync("bye").ContinueWith(
                (task, state) => ((IChannelHandlerContext?)state)?.CloseAsync(),
                context,
                TaskContinuationOptions.ExecuteSynchronously);
        }
        else
        {
            _room.Broadcast(nick.Get() + ": " + message, context.Channel);
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.CloseAsync();
}
