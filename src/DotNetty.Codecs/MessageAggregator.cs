#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Puts a message that comes as a start and pieces of content together to one. A message longer than <see cref="MaxContentLength"/> is told to
/// <see cref="HandleOversizedMessage"/> once, and its further pieces are dropped, as are pieces without a start.
/// </summary>
/// <typeparam name="TMessage">What comes: the common type of starts and pieces.</typeparam>
/// <typeparam name="TStart">The start.</typeparam>
/// <typeparam name="TContent">A piece of content.</typeparam>
/// <typeparam name="TOutput">The whole message, which is a start too. Its content is the buffer it began with.</typeparam>
public abstract partial class MessageAggregator<TMessage, TStart, TContent, TOutput> : MessageToMessageDecoder<TMessage>
    where TContent : IByteBufferHolder
    where TOutput : IByteBufferHolder
{
    private const int DefaultMaxComponents = 1024;

    private int _maxCumulationBufferComponents = DefaultMaxComponents;
    private IChannelHandlerContext _context;
    private CompositeByteBuffer _content;
    private TOutput _current;
    private bool _isAggregating;

    /// <param name="maxContentLength">The longest content in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    protected MessageAggregator(int maxContentLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxContentLength);
        MaxContentLength = maxContentLength;
    }

    /// <summary>The longest content of a message, in bytes.</summary>
    public int MaxContentLength { get; }

    /// <summary>The number of separate pieces of content above which small ones are merged. Default: 1024.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    /// <exception cref="InvalidOperationException">The handler is in a pipeline already.</exception>
    public int MaxCumulationBufferComponents
    {
        get => _maxCumulationBufferComponents;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2);
            if (_context is not null)
            {
                throw new InvalidOperationException("The handler is in a pipeline already.");
            }

            _maxCumulationBufferComponents = value;
        }
    }

    /// <summary>True for starts and pieces that are not whole messages; others pass by.</summary>
    public override bool AcceptInboundMessage(object msg)
    {
        if (!base.AcceptInboundMessage(msg))
        {
            return false;
        }

        var message = (TMessage)msg;
        return (IsStartMessage(message) || IsContentMessage(message)) && !IsAggregated(message);
    }

    public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        base.HandlerRemoved(context);
        ReleaseCurrent();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        ReleaseCurrent();
        base.ChannelInactive(context);
    }

    /// <summary>The context the handler was added with.</summary>
    /// <exception cref="InvalidOperationException">It is in no pipeline yet.</exception>
    protected IChannelHandlerContext HandlerContext() => _context ?? throw new InvalidOperationException("The handler is in no pipeline yet.");

    /// <summary>True for the first part of a message.</summary>
    protected abstract bool IsStartMessage(TMessage msg);

    /// <summary>True for a further part of a message.</summary>
    protected abstract bool IsContentMessage(TMessage msg);

    /// <summary>True for the part that ends a message.</summary>
    protected abstract bool IsLastContentMessage(TContent msg);

    /// <summary>True for a message that is whole already.</summary>
    protected abstract bool IsAggregated(TMessage msg);

    /// <summary>True when the start announces more than <paramref name="maxContentLength"/> bytes.</summary>
    protected abstract bool IsContentLengthInvalid(TStart start, int maxContentLength);

    /// <summary>The answer to a start that asks whether its content is welcome, or null where it does not.</summary>
    protected abstract object NewContinueResponse(TStart start, int maxContentLength, IChannelPipeline pipeline);

    /// <summary>True when the channel is to be closed after that answer.</summary>
    protected abstract bool CloseAfterContinueResponse(object msg);

    /// <summary>True when content that comes after that answer is to be dropped.</summary>
    protected abstract bool IgnoreContentAfterContinueResponse(object msg);

    /// <summary>Makes the message that <paramref name="content"/>, to which more will be added, belongs to. It owns the content.</summary>
    protected abstract TOutput BeginAggregation(TStart start, IByteBuffer content);

    /// <summary>Takes over what else a part has to say. Its bytes have been added already.</summary>
    protected virtual void Aggregate(TOutput aggregated, TContent content)
    {
    }

    /// <summary>Called for each message when its last part is there.</summary>
    protected virtual void FinishAggregation(TOutput aggregated)
    {
    }

    /// <summary>Called once for a message that is too long: with its start, or with what there is of it. Default: fires <see cref="TooLongFrameException"/>.</summary>
    protected virtual void HandleOversizedMessage(IChannelHandlerContext ctx, TStart oversized)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.FireExceptionCaught(new TooLongFrameException($"The content of a message exceeds the maximum of {MaxContentLength} bytes."));
    }

    private void ReleaseCurrent()
    {
        if (_isAggregating)
        {
            TakeCurrent().Release();
        }
    }

    private TOutput TakeCurrent()
    {
        TOutput current = _current;
        _current = default;
        _content = null;
        _isAggregating = false;
        return current;
    }
}
