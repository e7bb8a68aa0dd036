using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport;

/// <summary>A handler whose few events a test says in place.</summary>
public sealed class Lambda : ChannelHandlerAdapter
{
    public Action<IChannelHandlerContext>? OnAdded { get; init; }

    public Action<IChannelHandlerContext>? OnRemoved { get; init; }

    public Action<IChannelHandlerContext, object>? OnRead { get; init; }

    public override void HandlerAdded(IChannelHandlerContext context) => OnAdded?.Invoke(context);

    public override void HandlerRemoved(IChannelHandlerContext context) => OnRemoved?.Invoke(context);

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (OnRead is not null)
        {
            OnRead(context, message);
        }
        else
        {
            context.FireChannelRead(message);
        }
    }
}
