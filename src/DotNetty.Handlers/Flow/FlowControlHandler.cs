#nullable disable
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Handlers.Flow;

/// <summary>
/// Answers each <c>Read</c> of the stages behind by exactly one message, followed by a <c>ChannelReadComplete</c>, however many a decoder before
/// it makes of one receive: Erlang's <c>{active, once}</c>. The others wait here, and the transport is not asked for more until they are gone.
/// </summary>
/// <remarks>
/// With <c>AutoRead</c> the handler asks after each message as the transport does, from the end of the pipeline: a stage behind that holds a
/// <c>Read</c> back pauses this one too.
/// </remarks>
public class FlowControlHandler : ChannelDuplexHandler
{
    private const int KeptCapacity = 16;

    private readonly bool _releaseMessages;
    private Queue<object> _queue;
    private bool _wanted;
    private bool _delivering;
    private bool _delivered;
    private bool _endKept;

    public FlowControlHandler()
        : this(true)
    {
    }

    /// <summary>With <paramref name="releaseMessages"/> what still waits when the channel ends is released, otherwise only forgotten. Default: true.</summary>
    public FlowControlHandler(bool releaseMessages) => _releaseMessages = releaseMessages;

    /// <summary>True when no message waits.</summary>
    public bool IsQueueEmpty => _queue is not { Count: > 0 };

    public override void HandlerAdded(IChannelHandlerContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);

        // The transport has asked for itself already.
        _wanted = ctx.Channel.Active && ctx.Channel.Configuration.AutoRead;
    }

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        if (!_delivering)
        {
            PassRestOn(context);
        }
    }

    public override void ChannelInactive(IChannelHandlerContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        Drop();
        ctx.FireChannelInactive();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (evt is ChannelInputShutdownEvent && !IsQueueEmpty)
        {
            // It must not overtake what still waits.
            _endKept = true;
            return;
        }

        context.FireUserEventTriggered(evt);
    }

    public override void Read(IChannelHandlerContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        _wanted = true;
        if (!_delivering)
        {
            Serve(ctx);
        }
    }

    public override void ChannelRead(IChannelHandlerContext ctx, object msg)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        if (!_wanted || _delivering || !IsQueueEmpty)
        {
            (_queue ??= new Queue<object>()).Enqueue(msg);
            return;
        }

        _delivered = true;
        _delivering = true;
        Deliver(ctx, msg);
        _delivering = false;
        PassRestOnIfRemoved(ctx);
    }

    public override void ChannelReadComplete(IChannelHandlerContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        if (_delivering)
        {
            // Of a round inside a message's own delivery; that one is completed when it ends.
            return;
        }

        if (_delivered || IsQueueEmpty)
        {
            _delivered = false;
            _delivering = true;
            Complete(ctx);
            _delivering = false;
        }

        Serve(ctx);
    }

    private void Serve(IChannelHandlerContext context)
    {
        _delivering = true;
        while (_wanted && !context.Removed && _queue is not null && _queue.TryDequeue(out object next))
        {
            Deliver(context, next);
            Complete(context);
        }

        _delivering = false;
        if (!PassRestOnIfRemoved(context) && IsQueueEmpty)
        {
            AskOn(context);
        }
    }

    private void Deliver(IChannelHandlerContext context, object message)
    {
        _wanted = false;
        context.FireChannelRead(message);
    }

    private void Complete(IChannelHandlerContext context)
    {
        context.FireChannelReadComplete();
        if (!_wanted && context.Channel.Configuration.AutoRead)
        {
            // The transport's own question comes after its rounds only; a decoder has rounds of its own.
            context.Channel.Pipeline.Read();
        }
    }

    private void AskOn(IChannelHandlerContext context)
    {
        if (_queue is { Capacity: > KeptCapacity })
        {
            _queue = null;
        }

        PassEndOn(context);
        if (_wanted)
        {
            context.Read();
        }
    }

    private bool PassRestOnIfRemoved(IChannelHandlerContext context)
    {
        if (context.Removed)
        {
            PassRestOn(context);
        }

        return context.Removed;
    }

    private void PassRestOn(IChannelHandlerContext context)
    {
        bool any = false;
        while (_queue is not null && _queue.TryDequeue(out object message))
        {
            any = true;
            context.FireChannelRead(message);
        }

        if (any)
        {
            context.FireChannelReadComplete();
        }

        PassEndOn(context);
        if (_wanted)
        {
            context.Read();
        }
    }

    private void PassEndOn(IChannelHandlerContext context)
    {
        if (_endKept)
        {
            _endKept = false;
            context.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        }
    }

    private void Drop()
    {
        Queue<object> dropped = _queue;
        _queue = null;
        _endKept = false;
        while (_releaseMessages && dropped is not null && dropped.TryDequeue(out object message))
        {
            ReferenceCountUtil.SafeRelease(message);
        }
    }
}
