#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>The place of a handler that was given what few are: a name, an executor of its own.</summary>
internal sealed class SpecialHandlerContext(DefaultChannelPipeline pipeline, IEventExecutor executor, string name, IChannelHandler handler)
    : ChannelHandlerContext(pipeline, handler, executor is null ? 0 : HandlerMask.OwnExecutor)
{
    public override string GivenName => name;

    protected override IEventExecutor OwnExecutor => executor;
}
