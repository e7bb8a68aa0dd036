#nullable disable
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Timeout;

/// <summary>
/// Closes a channel on which a write is not done in time, and says so by a <see cref="WriteTimeoutException"/>. A write with a task is done when
/// its task is; one without when the transport has sent it.
/// </summary>
/// <remarks>There is one timer, set for the oldest write that waits; writes that are done at once leave nothing.</remarks>
public class WriteTimeoutHandler : ChannelHandlerAdapter
{
    // Shorter than a loop's round it would only keep the loop busy.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly Action<object, object> Expired = static (handler, context) =>
        ((WriteTimeoutHandler)handler).OnTimer((IChannelHandlerContext)context);

    private readonly TimeSpan _timeout;
    private readonly WaitingWrites _writes = new();
    private IScheduledTask _timer;
    private PreciseTimeSpan? _firstUnpromised;
    private bool _timedOut;

    /// <summary>A time in seconds; zero and less switch it off.</summary>
    public WriteTimeoutHandler(int timeoutSeconds)
        : this(TimeSpan.FromSeconds(timeoutSeconds))
    {
    }

    /// <summary>A time of zero and less switches it off.</summary>
    public WriteTimeoutHandler(TimeSpan timeout) =>
        _timeout = timeout <= TimeSpan.Zero ? TimeSpan.Zero : timeout < Shortest ? Shortest : timeout;

    private bool Enabled => _timeout > TimeSpan.Zero;

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        _timer?.Cancel();
        _timer = null;
        _writes.Clear();
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        Task write = context.WriteAsync(message);
        if (Enabled && !write.IsCompleted)
        {
            _writes.Add(write, context.Executor.Now);
            Watch(context);
        }

        return write;
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Enabled && context.Channel is not AbstractChannel)
        {
            // Only a task tells when this transport is done.
            WriteOutcome.Observe(WriteAsync(context, message), context);
            return;
        }

        context.Write(message);
        if (Enabled)
        {
            _firstUnpromised ??= context.Executor.Now;
            Watch(context);
        }
    }

    /// <summary>A write is late. Default: fires <see cref="WriteTimeoutException.Instance"/> and closes the channel, once.</summary>
    protected virtual void WriteTimedOut(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_timedOut)
        {
            return;
        }

        _timedOut = true;
        context.FireExceptionCaught(WriteTimeoutException.Instance);
        _ = context.CloseAsync();
    }

    private void Watch(IChannelHandlerContext context)
    {
        if (_timer == null && !context.Removed)
        {
            _timer = context.Executor.Schedule(Expired, this, context, _timeout);
        }
    }

    private void OnTimer(IChannelHandlerContext context)
    {
        _timer = null;
        if (context.Removed || Oldest(context) is not { } oldest)
        {
            return;
        }

        PreciseTimeSpan now = context.Executor.Now;
        PreciseTimeSpan due = oldest + _timeout;
        if (due <= now)
        {
            // Whoever overrides this may keep the channel: then each write is told of once.
            _writes.Clear();
            _firstUnpromised = null;
            Tell(context);
        }
        else
        {
            _timer = context.Executor.Schedule(Expired, this, context, RoundUp(due - now));
        }
    }

    private void Tell(IChannelHandlerContext context)
    {
        try
        {
            WriteTimedOut(context);
        }
        catch (Exception fault)
        {
            context.FireExceptionCaught(fault);
        }
    }

    private PreciseTimeSpan? Oldest(IChannelHandlerContext context)
    {
        PreciseTimeSpan? promised = _writes.Oldest;
        PreciseTimeSpan? unpromised = OldestUnpromised(context);
        return promised is { } one && unpromised is { } other ? (one < other ? one : other) : promised ?? unpromised;
    }

    // The transport knows since when its oldest message waits; what waited before the first write through here is not this handler's.
    private PreciseTimeSpan? OldestUnpromised(IChannelHandlerContext context)
    {
        if (_firstUnpromised is not { } first)
        {
            return null;
        }

        PreciseTimeSpan? oldest = ((AbstractChannel)context.Channel).OldestUnsent;
        if (oldest is not { } since)
        {
            _firstUnpromised = null;
            return null;
        }

        return since > first ? since : first;
    }

    // What the conversion cuts off must not make the timer early: it would find nothing due and be set with nothing left to wait.
    private static TimeSpan RoundUp(PreciseTimeSpan left)
    {
        TimeSpan time = left.ToTimeSpan();
        return PreciseTimeSpan.FromTimeSpan(time) < left ? time + TimeSpan.FromTicks(1) : time;
    }
}
