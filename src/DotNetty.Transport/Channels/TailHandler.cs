#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The end of a pipeline that takes what no handler consumed: exceptions are logged, messages released. A derived one may do more
/// (<see cref="DefaultChannelPipeline.Tail"/>); it stands behind every handler, whenever that was added. One serves any number of pipelines.
/// </summary>
public class TailHandler : ChannelHandlerAdapter
{
    /// <summary>That of every pipeline, to begin with.</summary>
    internal static readonly TailHandler Default = new();

    public sealed override bool IsSharable => true;

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

    public override void ChannelRead(IChannelHandlerContext context, object message) =>
        PipelineOf(context).UnhandledMessage(message);

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt) => ReferenceCountUtil.Release(evt);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) =>
        PipelineOf(context).UnhandledException(exception);

    private static DefaultChannelPipeline PipelineOf(IChannelHandlerContext context) => ((ChannelHandlerContext)context).Pipeline;
}
