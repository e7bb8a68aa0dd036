using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;

namespace EsockdNetty.Connections.Budget;

/// <summary>
/// While the process holds more than its <see cref="BufferBudget"/>: withholds <c>Read</c> from a connection that has begun a message and not ended
/// it, or has something waiting to be sent. Others are read on. Stands between the network and the decoders; one serves all connections. The time a
/// frame may take does not pass meanwhile (<see cref="ReadPause"/>).
/// </summary>
public sealed class BufferBudgetHandler : ChannelHandlerAdapter
{
    private readonly BufferBudget _budget;

    /// <summary>A stage under <paramref name="budget"/>.</summary>
    public BufferBudgetHandler(BufferBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _budget = budget;
    }

    /// <inheritdoc/>
    public override bool IsSharable => true;

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        if (_budget.IsExceeded && _budget.LoopOf(context) is { } loop && ConnectionStorage.Of(context.Channel) > 0)
        {
            loop.Withhold(context);

            // Each time: whoever asked for it believes that the peer is read from now on.
            context.FireUserEventTriggered(ReadPause.Begun);
        }
        else
        {
            context.Read();
        }
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        _budget.LoopOf(context)?.Forget(context);
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        if (_budget.LoopOf(context)?.Forget(context) == true && context.Channel.Active)
        {
            context.FireUserEventTriggered(ReadPause.Ended);
            context.Read();
        }
    }

    /// <summary>Judges a <c>Read</c> anew that did not pass.</summary>
    internal void Resume(IChannelHandlerContext context)
    {
        context.FireUserEventTriggered(ReadPause.Ended);
        Read(context);
    }
}
