using DotNetty.Transport.Channels;

namespace Handlers;

/// <summary>Answers a line with the line.</summary>
internal sealed class EchoHandler : ChannelHandlerAdapter
{
    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
}
