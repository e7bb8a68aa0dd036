using DotNetty.Transport.Channels;

namespace EchoServer;

/// <summary>Writes back what it reads. It keeps nothing, so one instance serves every connection.</summary>
internal sealed class EchoHandler : ChannelHandlerAdapter
{
    public override bool IsSharable => true;

    // The message is handed on with the reference that came with it: the write releases it.
    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
}
