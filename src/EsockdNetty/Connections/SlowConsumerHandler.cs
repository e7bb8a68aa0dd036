using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections.Deadlines;

namespace EsockdNetty.Connections;

/// <summary>
/// Back-pressure that is safe whatever the handlers do. While the channel is not writable it is not read: <c>Read</c> is withheld. A write while
/// more than a bound waits already resets the connection, or is dropped. And when the oldest byte that waits becomes too old, the connection is
/// reset: its age counts, not the time since progress, so a peer that takes a byte now and then gains nothing.
/// </summary>
public sealed class SlowConsumerHandler : ChannelHandlerAdapter, IDeadlineOwner
{
    private readonly long _maxPendingBytes;
    private long _sendTicks;
    private readonly SlowConsumerPolicy _policy;
    private IChannelHandlerContext? _context;
    private ChannelOutboundBuffer? _outbound;
    private Deadline _deadline;
    private bool _readWithheld;

    /// <summary>4 MiB, 30 s, reset.</summary>
    public SlowConsumerHandler()
        : this(4 * 1024 * 1024, TimeSpan.FromSeconds(30))
    {
    }

    /// <summary>
    /// A write while more than <paramref name="maxPendingWriteBytes"/> of storage wait is answered by <paramref name="policy"/>; after
    /// <paramref name="sendTimeout"/> the connection is reset, never when it is null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound of zero or less.</exception>
    public SlowConsumerHandler(long maxPendingWriteBytes, TimeSpan? sendTimeout, SlowConsumerPolicy policy = SlowConsumerPolicy.Reset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPendingWriteBytes, 1);
        _maxPendingBytes = maxPendingWriteBytes;
        SendTimeout = sendTimeout;
        _policy = policy;
    }

    /// <summary>
    /// The age of the oldest unsent byte at which the connection is reset; null: never. A change, on the connection's loop, holds at once for what
    /// waits, and from the next write on where nothing was watched.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? SendTimeout
    {
        get => Volatile.Read(ref _sendTicks) is var ticks and > 0 ? new TimeSpan(ticks) : null;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value ?? TimeSpan.MaxValue, TimeSpan.Zero);
            Volatile.Write(ref _sendTicks, value?.Ticks ?? 0);
            WatchAnew();
        }
    }

    ref Deadline IDeadlineOwner.Deadline => ref _deadline;

    /// <summary>Writes dropped so far.</summary>
    public long DroppedWrites { get; private set; }

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _outbound = (context.Channel as AbstractChannel)?.Unsafe.OutboundBuffer
            ?? throw new NotSupportedException($"A {context.Channel.GetType().Name} does not tell how much waits to be sent.");
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        ClearDeadline(context);
        PassRead(context);
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        ClearDeadline(context);
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        if (_outbound!.IsWritable)
        {
            context.Read();
        }
        else
        {
            _readWithheld = true;
        }
    }

    /// <inheritdoc/>
    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        if (_outbound!.IsWritable)
        {
            PassRead(context);
        }

        context.FireChannelWritabilityChanged();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(IChannelHandlerContext context, object message) =>
        Rejects(context, message) is { } fault ? Task.FromException(fault) : context.WriteAsync(message);

    /// <summary>As <see cref="WriteAsync"/>. A write that is dropped leaves no trace but its count; one that resets the connection fires its exception.</summary>
    public override void Write(IChannelHandlerContext context, object message)
    {
        if (Rejects(context, message) is not { } fault)
        {
            context.Write(message);
        }
        else if (_policy == SlowConsumerPolicy.Reset && fault is SlowConsumerException)
        {
            context.FireExceptionCaught(fault);
        }
    }

    /// <summary>The core of both ways to write: null when the message may be written, else why not; it is released then.</summary>
    private IOException? Rejects(IChannelHandlerContext context, object message)
    {
        if (_outbound!.PendingStorage() is var pending && pending > _maxPendingBytes)
        {
            ReferenceCountUtil.SafeRelease(message);
            return OnTooMuch(context, pending);
        }

        if (!_deadline.IsSet && SendTimeout is { } timeout)
        {
            LoopDeadlines.Of(context.Executor).Set(this, timeout);
        }

        return null;
    }

    private IOException OnTooMuch(IChannelHandlerContext context, long pending)
    {
        if (!context.Channel.Active)
        {
            return new ClosedChannelException();
        }

        if (_policy == SlowConsumerPolicy.DropWrite)
        {
            DroppedWrites++;
        }
        else
        {
            context.Channel.ResetBecause(CloseReason.SlowConsumer);
        }

        return new SlowConsumerException(pending, _maxPendingBytes);
    }

    private void WatchAnew()
    {
        if (_context is { } context)
        {
            ClearDeadline(context);
            Judge(context);
        }
    }

    void IDeadlineOwner.OnDeadline() => Judge(_context!);

    /// <summary>Resets if it is time; else looks again when it may be, as long as something waits.</summary>
    private void Judge(IChannelHandlerContext context)
    {
        var channel = (AbstractChannel)context.Channel;
        if (!channel.Open || channel.OldestUnsent is not { } oldest || SendTimeout is not { } timeout)
        {
            return;
        }

        TimeSpan age = (context.Executor.Now - oldest).ToTimeSpan();
        if (age < timeout)
        {
            LoopDeadlines.Of(context.Executor).Set(this, timeout - age);
        }
        else
        {
            TimeOut(context, age);
        }
    }

    // Told before the reset, while handlers can still see whose connection it is and what they wanted of it.
    private static void TimeOut(IChannelHandlerContext context, TimeSpan age)
    {
        ConnectionLease.Of(context.Channel).TrySetCloseReason(CloseReason.SendTimeout);
        context.FireExceptionCaught(new SendTimeoutException(age));
        context.Channel.ResetBecause(CloseReason.SendTimeout);
    }

    private void ClearDeadline(IChannelHandlerContext context)
    {
        if (_deadline.IsSet)
        {
            LoopDeadlines.Of(context.Executor).Clear(this);
        }
    }

    private void PassRead(IChannelHandlerContext context)
    {
        if (_readWithheld)
        {
            _readWithheld = false;
            context.Read();
        }
    }
}
