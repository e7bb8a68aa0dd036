#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>Handles the messages of one type, and releases each when it has been handled; others pass.</summary>
public abstract class SimpleChannelInboundHandler<I> : ChannelHandlerAdapter
{
    private readonly bool _autoRelease;

    protected SimpleChannelInboundHandler()
        : this(true)
    {
    }

    protected SimpleChannelInboundHandler(bool autoRelease) => _autoRelease = autoRelease;

    public bool AcceptInboundMessage(object msg) => msg is I;

    public override void ChannelRead(IChannelHandlerContext ctx, object msg)
    {
        if (!AcceptInboundMessage(msg))
        {
            ctx.FireChannelRead(msg);
            return;
        }

        try
        {
            ChannelRead0(ctx, (I)msg);
        }
        finally
        {
            if (_autoRelease)
            {
                ReferenceCountUtil.Release(msg);
            }
        }
    }

    /// <summary>Handles one message; whoever keeps it beyond this call retains it.</summary>
    protected abstract void ChannelRead0(IChannelHandlerContext ctx, I msg);
}
