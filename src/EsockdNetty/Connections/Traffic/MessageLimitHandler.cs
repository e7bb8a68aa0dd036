using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections.Traffic;

/// <summary>
/// Delivers no more messages than a <see cref="TrafficLimit"/> says; stands behind the decoder. What a read has brought above the limit is kept,
/// 256 messages at most where the decoder ends its turn then, and delivered in time; until it is all delivered <c>Read</c> is withheld, so the decoder
/// decodes nothing more. Like a decoder it delivers only to those who have asked, and not while the channel cannot be written to.
/// </summary>
public sealed class MessageLimitHandler : ChannelHandlerAdapter
{
    private const int TokensAtOnce = 32;

    private readonly TrafficLimit _limit;
    private readonly Queue<object> _kept = new();
    private IChannelHandlerContext? _context;
    private TrafficTurn? _turn;
    private int _tokens;
    private bool _readWithheld;
    private bool _isQueued;
    private bool _isDelivering;
    private bool _isOver;

    /// <summary>Keeps to <paramref name="messages"/>, which connections share.</summary>
    public MessageLimitHandler(TrafficLimit messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        _limit = messages;
    }

    /// <summary>Messages received that wait for their time.</summary>
    public int Kept => _kept.Count;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _turn = new TrafficTurn(_limit, context.Executor, DeliverKept);
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        End();
        bool any = _kept.Count > 0;
        while (_kept.TryDequeue(out object? message))
        {
            context.FireChannelRead(message);
        }

        if (any)
        {
            context.FireChannelReadComplete();
        }

        PassRead(context);
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        End();
        while (_kept.TryDequeue(out object? message))
        {
            ReferenceCountUtil.SafeRelease(message);
        }

        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (_kept.Count == 0 && !_isDelivering && TakeToken())
        {
            context.FireChannelRead(message);
        }
        else
        {
            _kept.Enqueue(message);
        }
    }

    /// <inheritdoc/>
    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        GiveTokensBack();
        context.FireChannelReadComplete();
    }

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        if (_kept.Count == 0 && !_isDelivering)
        {
            context.Read();
        }
        else
        {
            _readWithheld = true;
            DeliverLater();
        }
    }

    /// <inheritdoc/>
    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        context.FireChannelWritabilityChanged();
        DeliverLater();
    }

    private bool TakeToken()
    {
        if (_tokens == 0)
        {
            _tokens = _turn!.TakeUpTo(TokensAtOnce);
        }

        return _tokens > 0 && _tokens-- > 0;
    }

    private void GiveTokensBack()
    {
        if (_tokens > 0)
        {
            _turn!.Charge(-_tokens);
            _tokens = 0;
        }
    }

    // In a task of its own: who asks for more is in the middle of something.
    private void DeliverLater()
    {
        if (_isQueued || _isDelivering || _kept.Count == 0 || !_readWithheld)
        {
            return;
        }

        _isQueued = true;
        _context!.Executor.Execute(static handler =>
        {
            var self = (MessageLimitHandler)handler!;
            self._isQueued = false;
            self.DeliverKept();
        }, this);
    }

    private void DeliverKept()
    {
        IChannelHandlerContext context = _context!;
        if (_isOver || _isDelivering)
        {
            return;
        }

        if (!_readWithheld || !context.Channel.IsWritable)
        {
            // Who cannot go on must not keep others waiting.
            _turn!.Cancel();
            return;
        }

        bool any = DeliverAllowed(context);
        GiveTokensBack();
        if (any && !_isOver)
        {
            context.FireChannelReadComplete();
        }

        if (_kept.Count == 0)
        {
            PassRead(context);
        }
    }

    private bool DeliverAllowed(IChannelHandlerContext context)
    {
        _isDelivering = true;
        bool any = false;
        try
        {
            while (_kept.Count > 0 && !_isOver && context.Channel.IsWritable && TakeToken())
            {
                any = true;
                context.FireChannelRead(_kept.Dequeue());
            }
        }
        finally
        {
            _isDelivering = false;
        }

        return any;
    }

    private void PassRead(IChannelHandlerContext context)
    {
        if (_readWithheld)
        {
            _readWithheld = false;
            context.Read();
        }
    }

    private void End()
    {
        _isOver = true;
        GiveTokensBack();
        _turn!.Cancel();
    }
}
