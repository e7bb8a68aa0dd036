#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>The end of a pipeline that takes what no handler consumed.</summary>
internal sealed class TailHandler(DefaultChannelPipeline pipeline) : ChannelHandlerAdapter
{
    public override bool IsSharable => true;

    public override void ChannelRegistered(IChannelHandlerContext context)
    {
    }

    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
    }

    public override void ChannelRead(IChannelHandlerContext context, object message) => pipeline.UnhandledMessage(message);

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt) => ReferenceCountUtil.Release(evt);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => pipeline.UnhandledException(exception);
}
