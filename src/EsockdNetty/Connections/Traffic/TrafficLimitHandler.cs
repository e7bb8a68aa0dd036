using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;

namespace EsockdNetty.Connections.Traffic;

/// <summary>
/// Receives no more bytes than a <see cref="TrafficLimit"/> says; stands first, so bytes are counted as they come over the wire. A read cannot be
/// cut: what one brings above the limit is made up for by waiting longer, so at any time a connection is ahead by one read at most. It pauses by
/// withholding <c>Read</c>; the system's buffers and the peer's then fill up, and nothing is lost.
/// </summary>
public sealed class TrafficLimitHandler : ChannelHandlerAdapter
{
    private readonly TrafficLimit _limit;
    private IChannelHandlerContext? _context;
    private TrafficTurn? _turn;
    private long _paid;
    private long _received;
    private long _lastRead = 1;
    private bool _readWithheld;

    /// <summary>Keeps to <paramref name="bytes"/>, which connections share.</summary>
    public TrafficLimitHandler(TrafficLimit bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _limit = bytes;
    }

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _turn = new TrafficTurn(_limit, context.Executor, Resume);
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        End();
        if (_readWithheld)
        {
            _readWithheld = false;
            context.Read();
        }
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        End();
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer)
        {
            long count = buffer.ReadableBytes;
            _turn!.Charge(count - _paid);
            _received += count;
            _paid = 0;
        }

        context.FireChannelRead(message);
    }

    /// <inheritdoc/>
    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        if (_received > 0)
        {
            _lastRead = _received;
            _received = 0;
        }

        context.FireChannelReadComplete();
    }

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        if (!_readWithheld && MayRead())
        {
            context.Read();
            return;
        }

        // Each time: whoever asked for it believes that the peer is read from now on.
        _readWithheld = true;
        context.FireUserEventTriggered(ReadPause.Begun);
    }

    // A read is paid for in advance by what the last one brought, so that those who wait are not all let in for one token. One that is asked for is paid.
    private bool MayRead()
    {
        if (_paid == 0 && _turn!.TryOverdraw(_lastRead))
        {
            _paid = _lastRead;
        }

        return _paid > 0;
    }

    private void Resume()
    {
        if (_readWithheld && MayRead())
        {
            _readWithheld = false;
            _context!.FireUserEventTriggered(ReadPause.Ended);
            _context.Read();
        }
    }

    private void End()
    {
        _turn!.Cancel();
        if (_paid > 0)
        {
            _turn.Charge(-_paid);
            _paid = 0;
        }
    }
}
