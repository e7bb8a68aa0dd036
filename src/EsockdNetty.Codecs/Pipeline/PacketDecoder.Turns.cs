using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Codecs;

/// <summary>How packets are given on: while the channel can be written to, and so many a turn.</summary>
public sealed partial class PacketDecoder
{
    private const int PacketsPerTurn = 256;

    // Kept once it was needed: a stream faster than its way out takes a turn every few packets.
    private NextTurn? _nextTurn;
    private int _firedInTurn;
    private bool _isDelivering;
    private bool _isStalled;
    private bool _turnIsQueued;
    private bool _isInOwnTurn;
    private bool _readIsWithheld;
    private bool _flushIsWithheld;

    private void Deliver(IChannelHandlerContext context)
    {
        _isDelivering = true;
        try
        {
            bool isNew = DeliverAll(context);
            if (!_hasEnded) TrackIncomplete(context, isNew);
        }
        finally
        {
            _frames.EndTaking();
            _isDelivering = false;
        }
    }

    /// <summary>Whether a packet was fired, so that what is left has been begun in this turn.</summary>
    private bool DeliverAll(IChannelHandlerContext context)
    {
        IChannel channel = context.Channel;
        bool hasFired = false;
        while (!_hasEnded && !_frames.IsEmpty)
        {
            if (_firedInTurn == PacketsPerTurn || !channel.IsWritable)
            {
                Stall(context, channel);
                return hasFired;
            }

            IByteBuffer? packet = _frames.TryNext(_parser) ?? NextAssembled(context);
            if (packet is null) return hasFired;

            if (!hasFired) _frames.BeginTaking();

            hasFired = true;
            _firedInTurn++;
            _received.Add(packet.ReadableBytes);
            context.FireChannelRead(packet);
        }

        return hasFired;
    }

    private IByteBuffer? NextAssembled(IChannelHandlerContext context)
    {
        PacketResult result = _frames.Next(_parser, context.Allocator, out IByteBuffer? packet);
        if (result.Status == PacketStatus.Violation) Fail(context, _parser.ToException(result));
        return packet;
    }

    private void Stall(IChannelHandlerContext context, IChannel channel)
    {
        // A channel being closed is not writable either, and never will be again.
        if (!channel.Active)
        {
            Drop();
            return;
        }

        _isStalled = true;
        QueueTurn(context);
    }

    /// <summary>Unless the peer does not read, or nobody has asked for more.</summary>
    private void QueueTurn(IChannelHandlerContext context)
    {
        if (_turnIsQueued || !_readIsWithheld || !context.Channel.IsWritable) return;

        _turnIsQueued = true;
        context.Executor.Execute(_nextTurn ??= new NextTurn(this));
    }

    /// <summary>Goes on where a turn was ended. Like a round of the transport it ends with one flush, however many were asked for.</summary>
    private void TakeTurn()
    {
        _turnIsQueued = false;
        if (!_isStalled || _hasEnded) return;

        IChannelHandlerContext context = _context!;
        _isStalled = false;
        _isInOwnTurn = true;
        try
        {
            DeliverTurn(context);
            ChannelReadComplete(context);
        }
        finally
        {
            _isInOwnTurn = false;
            PassWithheldFlush(context);
        }

        if (!_isStalled) PassWithheldRead(context);
        AskAgain(context.Channel);
    }

    /// <summary>Who asked is answered by what this turn fires; the next turn is for whoever asks again.</summary>
    private void DeliverTurn(IChannelHandlerContext context)
    {
        bool isAsked = _readIsWithheld;
        _readIsWithheld = false;
        int firedBefore = _firedInTurn;
        Deliver(context);
        if (_firedInTurn > firedBefore) return;

        _readIsWithheld |= isAsked;
        if (_isStalled) QueueTurn(context);
    }

    /// <summary>As the transport does behind a round of its own, so that a stage behind can withhold it.</summary>
    private void AskAgain(IChannel channel)
    {
        if (!_hasEnded && channel.Configuration.AutoRead) channel.Read();
    }

    private void PassWithheldFlush(IChannelHandlerContext context)
    {
        if (!_flushIsWithheld) return;

        _flushIsWithheld = false;
        context.Flush();
    }

    private void PassWithheldRead(IChannelHandlerContext context)
    {
        if (!_readIsWithheld) return;

        _readIsWithheld = false;
        PassRead(context);
    }

    private void PassRead(IChannelHandlerContext context)
    {
        _deadline?.Resume();
        context.Read();
    }

    private sealed class NextTurn(PacketDecoder decoder) : IRunnable
    {
        public void Run() => decoder.TakeTurn();
    }
}
