using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Where messages end: the last handler for what comes in, the first for what goes out.</summary>
internal sealed class DiscardHandler : ChannelHandlerAdapter
{
    public override void ChannelRead(IChannelHandlerContext context, object message) => ReferenceCountUtil.Release(message);

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        ReferenceCountUtil.Release(message);
        return Task.CompletedTask;
    }

    public override void Write(IChannelHandlerContext context, object message) => ReferenceCountUtil.Release(message);
}
