using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Does something inside one kind of event, the first time it comes, and writes all of them down.</summary>
internal sealed class ActsAt(string where, Action<IChannelHandlerContext> act) : ChannelHandlerAdapter
{
    private readonly List<string> _events = [];

    public bool Acted { get; private set; }

    /// <summary>The events so far; to be asked for once the channel has ended.</summary>
    public IReadOnlyList<string> Events => _events;

    public override void HandlerAdded(IChannelHandlerContext context) => Act("Added", context);

    public override void HandlerRemoved(IChannelHandlerContext context) => Act("Removed", context);

    public override void ChannelRegistered(IChannelHandlerContext context)
    {
        Act("Registered", context);
        context.FireChannelRegistered();
    }

    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
        Act("Unregistered", context);
        context.FireChannelUnregistered();
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        Act("Active", context);
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Act("Inactive", context);
        context.FireChannelInactive();
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        Act("Read", context);
        context.FireChannelRead(message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        Act("ReadComplete", context);
        context.FireChannelReadComplete();
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        Act("Writable", context);
        context.FireChannelWritabilityChanged();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        Act("Event", context);
        context.FireUserEventTriggered(evt);
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        Act("Exception", context);
        context.FireExceptionCaught(exception);
    }

    private void Act(string name, IChannelHandlerContext context)
    {
        _events.Add(name);
        if (name == where && !Acted)
        {
            Acted = true;
            act(context);
        }
    }
}
