using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

/// <summary>
/// Stands behind the gates of a server pipeline: what has passed them is live from here on, before it has a loop, so that a drain that begins now
/// waits for it.
/// </summary>
internal sealed class LiveConnectionsHandler(LiveConnections live) : ChannelHandlerAdapter
{
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IChannel child)
        {
            live.Add(child);
        }

        context.FireChannelRead(message);
    }
}
