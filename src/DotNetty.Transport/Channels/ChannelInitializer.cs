#nullable disable
using System.Collections.Concurrent;
using DotNetty.Common.Internal.Logging;

namespace DotNetty.Transport.Channels;

/// <summary>Builds the pipeline of a channel when it is registered, then takes itself out. One instance may serve all channels.</summary>
public abstract class ChannelInitializer<T> : ChannelHandlerAdapter
    where T : IChannel
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<ChannelInitializer<T>>();

    // The contexts that are being initialised just now: an initializer is shared, and its work may bring it back here. A pipeline's own contexts
    // remember it themselves.
    private readonly ConcurrentDictionary<IChannelHandlerContext, bool> _running = new();

    public override bool IsSharable => true;

    public sealed override void ChannelRegistered(IChannelHandlerContext ctx)
    {
        // Here only when it was added before registration; the handlers it adds have not seen the event yet.
        if (Initialize(ctx))
        {
            ctx.Channel.Pipeline.FireChannelRegistered();
        }
        else
        {
            ctx.FireChannelRegistered();
        }
    }

    public override void HandlerAdded(IChannelHandlerContext ctx)
    {
        if (ctx.Channel.Registered)
        {
            Initialize(ctx);
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext ctx, Exception cause)
    {
        Logger.Warn("A channel could not be initialised and is closed. Channel: " + ctx.Channel, cause);
        _ = ctx.CloseAsync();
    }

    /// <summary>Adds the handlers of <paramref name="channel"/>. An exception closes that channel alone.</summary>
    protected abstract void InitChannel(T channel);

    private bool Initialize(IChannelHandlerContext ctx)
    {
        if (!(ctx is ChannelHandlerContext context ? context.BeginInitializing() : _running.TryAdd(ctx, true)))
        {
            return false;
        }

        try
        {
            InitChannel((T)ctx.Channel);
        }
        catch (Exception fault)
        {
            // Who judges why the channel ends stands at its beginning.
            ctx.Channel.Pipeline.FireExceptionCaught(fault);
            ExceptionCaught(ctx, fault);
        }
        finally
        {
            Remove(ctx);
        }

        return true;
    }

    private void Remove(IChannelHandlerContext ctx)
    {
        if (!ctx.Removed)
        {
            ctx.Channel.Pipeline.Remove(this);
        }

        if (ctx is ChannelHandlerContext context)
        {
            context.EndInitializing();
        }
        else
        {
            _running.TryRemove(ctx, out _);
        }
    }
}
