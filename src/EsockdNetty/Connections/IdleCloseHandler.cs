using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections.Deadlines;

namespace EsockdNetty.Connections;

/// <summary>
/// Closes a connection from which no byte was received for a time; before the first byte the time counts from when it became active. Looks at the
/// transport's own time stamp, so a message costs nothing, and has one timer, set again only when it is due.
/// </summary>
public sealed class IdleCloseHandler : ChannelHandlerAdapter, IDeadlineOwner
{
    private IChannelHandlerContext? _context;
    private Deadline _deadline;
    private PreciseTimeSpan _start;
    private long _idleTicks;

    /// <summary>Closes after <paramref name="idle"/>; never when it is null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public IdleCloseHandler(TimeSpan? idle) => _idleTicks = TicksOf(idle);

    /// <summary>How long a connection may be silent; null: for ever. A change holds at once. Any thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? Idle
    {
        get => Volatile.Read(ref _idleTicks) is var ticks and > 0 ? new TimeSpan(ticks) : null;
        set
        {
            Volatile.Write(ref _idleTicks, TicksOf(value));
            Apply();
        }
    }

    ref Deadline IDeadlineOwner.Deadline => ref _deadline;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Volatile.Write(ref _context, context);
        if (context.Channel.Active)
        {
            Start();
        }
    }

    /// <inheritdoc/>
    public override void ChannelActive(IChannelHandlerContext context)
    {
        Start();
        context.FireChannelActive();
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Stop();
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context) => Stop();

    private static long TicksOf(TimeSpan? idle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(idle));
        return idle?.Ticks ?? 0;
    }

    private void Apply()
    {
        if (Volatile.Read(ref _context) is not { } context)
        {
            return;
        }

        try
        {
            context.Executor.Execute(static self => ((IdleCloseHandler)self!).Judge(), this);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and the connection with it.
        }
    }

    private void Start()
    {
        if (_start == PreciseTimeSpan.Zero)
        {
            _start = _context!.Executor.Now;
            Judge();
        }
    }

    private void Stop()
    {
        if (_deadline.IsSet)
        {
            LoopDeadlines.Of(_context!.Executor).Clear(this);
        }

        Volatile.Write(ref _context, null);
    }

    void IDeadlineOwner.OnDeadline() => Judge();

    /// <summary>Closes if it is time; else looks again when it may be.</summary>
    private void Judge()
    {
        if (_context is not { Channel.Active: true } context || _start == PreciseTimeSpan.Zero)
        {
            return;
        }

        LoopDeadlines deadlines = LoopDeadlines.Of(context.Executor);
        if (Idle is not { } idle)
        {
            deadlines.Clear(this);
            return;
        }

        TimeSpan silent = (context.Executor.Now - Latest(context.Channel)).ToTimeSpan();
        if (silent >= idle)
        {
            _ = context.Channel.CloseBecause(CloseReason.Idle);
        }
        else
        {
            deadlines.Set(this, idle - silent);
        }
    }

    private PreciseTimeSpan Latest(IChannel channel) =>
        channel is AbstractChannel { LastReceived: var received } && received > _start ? received : _start;
}
