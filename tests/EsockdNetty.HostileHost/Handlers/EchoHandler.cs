using DotNetty.Transport.Channels;

namespace EsockdNetty.HostileHost.Handlers;

/// <summary>Writes back what it reads.</summary>
internal sealed class EchoHandler : ChannelHandlerAdapter
{
    public override bool IsSharable => true;

    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
}
