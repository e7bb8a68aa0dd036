using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting;

/// <summary>Closes a server channel whose listening socket is gone, so that its end is seen and the address can be bound again.</summary>
internal sealed class ListenerLostHandler : ChannelHandlerAdapter
{
    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        context.FireUserEventTriggered(evt);
        if (evt is ListenerLost)
        {
            _ = context.CloseAsync();
        }
    }
}
