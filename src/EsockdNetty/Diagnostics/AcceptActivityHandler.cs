using DotNetty.Transport.Channels;

namespace EsockdNetty.Diagnostics;

/// <summary>Stands before the gates of a server pipeline, where the way in begins; see <see cref="AcceptActivity"/>.</summary>
internal sealed class AcceptActivityHandler(string listener) : ChannelHandlerAdapter
{
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IChannel child)
        {
            AcceptActivity.Begin(listener, child);
        }

        context.FireChannelRead(message);
    }
}
