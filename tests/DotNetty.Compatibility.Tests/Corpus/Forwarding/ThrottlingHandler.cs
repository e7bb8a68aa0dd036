using DotNetty.Transport.Channels;

namespace Acme.Forwarding;

/// <summary>Stops reading a peer for as long as it does not read us.</summary>
public class ThrottlingHandler : ChannelHandlerAdapter
{
    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        context.Channel.Configuration.AutoRead = context.Channel.IsWritable;
        context.FireChannelWritabilityChanged();
    }
}
