using DotNetty.Transport.Channels;

namespace EsockdNetty.Tests.Support;

/// <summary>Sends back what comes.</summary>
internal sealed class EchoHandler : ChannelHandlerAdapter
{
    public override bool IsSharable => true;

    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        context.Flush();
        context.FireChannelReadComplete();
    }
}
