using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Codecs;

/// <summary>
/// Cuts the bytes received into packets and fires each as an <see cref="IByteBuffer"/> that the next handler owns: without its header, a line
/// with its delimiter. A frame too long or too slow fires a <see cref="PacketException"/> and closes the connection. To change the packet type
/// of a living connection replace the handler in its pipeline: bytes not yet used go to the new one.
/// </summary>
/// <remarks>
/// While the channel is not writable no packet is fired and nothing is read, and after 256 packets other channels have their turn; the
/// packets after those wait until somebody behind asks for more by <c>Read</c>.
/// A frame still incomplete when the connection ends is dropped.
/// </remarks>
public sealed partial class PacketDecoder : ChannelHandlerAdapter, IStorageHolder
{
    private readonly FrameAssembler _frames = new();
    private readonly PacketParser _parser;
    private IChannelHandlerContext? _context;
    private FrameDeadline? _deadline;
    private MessageTally _received;
    private bool _hasEnded;

    /// <summary>For one connection. <paramref name="maxFrame"/> is the longest body, or the longest line with its delimiter, in bytes; default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrame"/> is less than 1 or more than 2,147,483,643.</exception>
    public PacketDecoder(PacketType type, int maxFrame = PacketParser.DefaultMaxFrame) => _parser = new PacketParser(type, maxFrame);

    /// <summary>How the stream is cut.</summary>
    public PacketType PacketType => _parser.Type;

    /// <summary>The longest body of a packet with a header, or the longest line with its delimiter, in bytes.</summary>
    public int MaxFrame => _parser.MaxFrame;

    /// <summary>
    /// How long a frame may take from its first byte to its last, plus one second for every KiB of it received; time in which we do not read
    /// does not count. Default: 10 s; null: as long as it likes. May be changed on the connection's loop, and holds at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? FrameTimeout
    {
        get;
        set
        {
            if (value is { } timeout) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
            field = value;
            ChangeDeadline(value);
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>The packets fired so far. Any thread.</summary>
    public MessageCounts Received => _received.Snapshot();

    /// <summary>Bytes received that no packet fired so far contains.</summary>
    public int PendingBytes => _frames.PendingBytes;

    /// <inheritdoc/>
    public long HeldStorage => _frames.HeldStorage;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        End();
        bool hasRest = !_frames.IsEmpty;
        while (_frames.TakeRest() is { } rest)
        {
            context.FireChannelRead(rest);
        }

        if (hasRest) context.FireChannelReadComplete();
        PassWithheldRead(context);
    }

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is not IByteBuffer received)
        {
            context.FireChannelRead(message);
        }
        else if (_hasEnded || !received.IsReadable())
        {
            received.Release();
        }
        else
        {
            _frames.Add(context.Allocator, received);
            if (_isDelivering || _isStalled) return;

            Deliver(context);
            if (!_isStalled) PassWithheldRead(context);
        }
    }

    /// <inheritdoc/>
    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        bool hasFired = _firedInTurn > 0;
        _firedInTurn = 0;
        if (!_isStalled) _frames.Compact(context.Allocator);
        _deadline?.Pause();
        context.FireChannelReadComplete();

        // Who asked for a read waits for a packet: with none, another read is asked for in his place.
        if (!hasFired && !_isStalled && !_hasEnded && !context.Channel.Configuration.AutoRead) Read(context);
    }

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        // While packets are left more bytes would only pile up: whoever asks gets those first.
        if (_isStalled || _isDelivering)
        {
            _readIsWithheld = true;
            if (_isStalled) QueueTurn(context);
        }
        else
        {
            PassRead(context);
        }
    }

    /// <inheritdoc/>
    public override void Flush(IChannelHandlerContext context)
    {
        if (_isInOwnTurn)
        {
            _flushIsWithheld = true;
        }
        else
        {
            context.Flush();
        }
    }

    /// <inheritdoc/>
    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        context.FireChannelWritabilityChanged();
        if (_isStalled) QueueTurn(context);
    }

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ChannelInputShutdownEvent)
        {
            DropIncomplete();
        }
        else if (evt == ReadPause.Begun)
        {
            _deadline?.Pause();
        }
        else if (evt == ReadPause.Ended)
        {
            _deadline?.Resume();
        }

        context.FireUserEventTriggered(evt);
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Drop();
        context.FireChannelInactive();
    }

    private void TrackIncomplete(IChannelHandlerContext context, bool isNew)
    {
        int received = _isStalled ? 0 : PendingBytes;
        if (received == 0)
        {
            _deadline?.End();
        }
        else if (FrameTimeout is { } timeout)
        {
            _deadline ??= new FrameDeadline(context.Executor, timeout, OnDeadline);
            if (isNew || _deadline.Received == 0)
            {
                _deadline.Begin(received);
            }
            else
            {
                _deadline.Continue(received);
            }
        }
    }

    private void ChangeDeadline(TimeSpan? timeout)
    {
        if (timeout is { } time)
        {
            _deadline?.Change(time);
        }
        else
        {
            _deadline?.Cancel();
        }
    }

    private void OnDeadline()
    {
        // The stages below do not read while we cannot write: the peer had no chance.
        if (_context!.Channel.IsWritable)
        {
            Fail(_context, PacketException.FrameTimeout(PacketType, _deadline!.Allowed, _deadline.Received));
        }
        else
        {
            _deadline!.Restart();
        }
    }

    private void Fail(IChannelHandlerContext context, PacketException fault)
    {
        Drop();
        context.FireExceptionCaught(fault);
        _ = context.CloseAsync();
    }

    /// <summary>The peer sends nothing more: what is incomplete stays so.</summary>
    private void DropIncomplete()
    {
        _deadline?.Cancel();
        if (!_isStalled && !_isDelivering) _frames.Release();
    }

    private void Drop()
    {
        End();
        _frames.Release();
    }

    private void End()
    {
        _hasEnded = true;
        _isStalled = false;
        _deadline?.Cancel();
    }
}
