#nullable disable
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Timeout;

/// <summary>
/// Fires an <see cref="IdleStateEvent"/> when the channel has not received, not sent, or done neither for a while, and again after each such
/// while. Received means read to the end of a round; sent means that bytes went to the network after something was written through here.
/// </summary>
/// <remarks>Messages leave a time stamp only: there is one timer, and it is armed again when it has run out.</remarks>
public class IdleStateHandler : ChannelDuplexHandler
{
    private static readonly Action<object, object> Expired = static (handler, context) =>
        ((IdleStateHandler)handler).OnTimer((IChannelHandlerContext)context);

    private readonly IdleWatch _reader;
    private readonly IdleWatch _writer;
    private readonly IdleWatch _all;
    private readonly bool _observeOutput;
    private readonly bool _watchesReads;
    private readonly bool _watchesWrites;
    private IScheduledTask _timer;
    private PreciseTimeSpan _lastRead;
    private PreciseTimeSpan _lastWrite;
    private bool _reading;
    private bool _wrote;
    private bool _running;

    /// <summary>Times in seconds; zero and less switch one off.</summary>
    public IdleStateHandler(int readerIdleTimeSeconds, int writerIdleTimeSeconds, int allIdleTimeSeconds)
        : this(TimeSpan.FromSeconds(readerIdleTimeSeconds), TimeSpan.FromSeconds(writerIdleTimeSeconds), TimeSpan.FromSeconds(allIdleTimeSeconds))
    {
    }

    /// <summary>Times of zero and less switch one off.</summary>
    public IdleStateHandler(TimeSpan readerIdleTime, TimeSpan writerIdleTime, TimeSpan allIdleTime)
        : this(false, readerIdleTime, writerIdleTime, allIdleTime)
    {
    }

    /// <summary>Times of zero and less switch one off. With <paramref name="observeOutput"/> bytes count that others have sent, too.</summary>
    public IdleStateHandler(bool observeOutput, TimeSpan readerIdleTime, TimeSpan writerIdleTime, TimeSpan allIdleTime)
    {
        _observeOutput = observeOutput;
        _reader = new IdleWatch(IdleState.ReaderIdle, readerIdleTime);
        _writer = new IdleWatch(IdleState.WriterIdle, writerIdleTime);
        _all = new IdleWatch(IdleState.AllIdle, allIdleTime);
        _watchesReads = _reader.Enabled || _all.Enabled;
        _watchesWrites = _writer.Enabled || _all.Enabled;
    }

    /// <summary>Zero when it is off.</summary>
    public TimeSpan ReaderIdleTime => _reader.Limit;

    /// <summary>Zero when it is off.</summary>
    public TimeSpan WriterIdleTime => _writer.Limit;

    /// <summary>Zero when it is off.</summary>
    public TimeSpan AllIdleTime => _all.Limit;

    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Channel.Registered)
        {
            StartIfActive(context);
        }
    }

    public override void HandlerRemoved(IChannelHandlerContext context) => Stop();

    public override void ChannelRegistered(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        StartIfActive(context);
        context.FireChannelRegistered();
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        StartIfActive(context);
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Stop();
        context.FireChannelInactive();
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        _reading = _watchesReads;
        context.FireChannelRead(message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_reading)
        {
            _reading = false;
            _lastRead = context.Executor.Now;
        }

        context.FireChannelReadComplete();
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        Task write = context.WriteAsync(message);
        NoteWrite(context, write.IsCompletedSuccessfully);
        return write;
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write(message);
        NoteWrite(context, completed: false);
    }

    /// <summary>The channel has been idle. Default: fires <paramref name="stateEvent"/> as a user event.</summary>
    protected virtual void ChannelIdle(IChannelHandlerContext context, IdleStateEvent stateEvent)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.FireUserEventTriggered(stateEvent);
    }

    /// <summary>Makes the event that <see cref="ChannelIdle"/> is given. Default: one of the constants of <see cref="IdleStateEvent"/>.</summary>
    protected virtual IdleStateEvent NewIdleStateEvent(IdleState state, bool first) => IdleStateEvent.Of(state, first);

    // The transport knows when bytes were last sent: there is no need to watch each write's task.
    private void NoteWrite(IChannelHandlerContext context, bool completed)
    {
        if (!_watchesWrites)
        {
            return;
        }

        _wrote = true;
        if (completed || context.Channel is not AbstractChannel)
        {
            _lastWrite = context.Executor.Now;
        }
    }

    private void StartIfActive(IChannelHandlerContext context)
    {
        if (_running || !context.Channel.Active || (!_watchesReads && !_watchesWrites))
        {
            return;
        }

        _running = true;
        PreciseTimeSpan now = context.Executor.Now;
        _reader.Start(now);
        _writer.Start(now);
        _all.Start(now);
        Arm(context, now);
    }

    private void Stop()
    {
        _running = false;
        _timer?.Cancel();
        _timer = null;
    }

    private void OnTimer(IChannelHandlerContext context)
    {
        if (!_running || !context.Channel.Active)
        {
            return;
        }

        PreciseTimeSpan now = context.Executor.Now;
        PreciseTimeSpan read = _reading ? now : _lastRead;
        PreciseTimeSpan write = LastWrite(context);
        Judge(context, _reader, read, now);
        Judge(context, _writer, write, now);
        Judge(context, _all, read > write ? read : write, now);
        if (_running)
        {
            Arm(context, now);
        }
    }

    private PreciseTimeSpan LastWrite(IChannelHandlerContext context) =>
        (_wrote || _observeOutput) && context.Channel is AbstractChannel channel && channel.LastSent > _lastWrite ? channel.LastSent : _lastWrite;

    private void Judge(IChannelHandlerContext context, IdleWatch watch, PreciseTimeSpan activity, PreciseTimeSpan now)
    {
        if (!watch.Enabled || !_running)
        {
            return;
        }

        watch.Observe(activity);
        if (watch.Due > now)
        {
            return;
        }

        bool first = watch.First;
        watch.Reported(now);
        try
        {
            ChannelIdle(context, NewIdleStateEvent(watch.State, first));
        }
        catch (Exception fault)
        {
            context.FireExceptionCaught(fault);
        }
    }

    private void Arm(IChannelHandlerContext context, PreciseTimeSpan now)
    {
        PreciseTimeSpan due = PreciseTimeSpan.FromTicks(long.MaxValue);
        due = Earlier(due, _reader);
        due = Earlier(due, _writer);
        due = Earlier(due, _all);

        _timer = context.Executor.Schedule(Expired, this, context, RoundUp(due - now));
    }

    // What the conversion cuts off must not make the timer early: it would find nothing due and be armed with nothing left to wait.
    private static TimeSpan RoundUp(PreciseTimeSpan left)
    {
        TimeSpan time = left.ToTimeSpan();
        return PreciseTimeSpan.FromTimeSpan(time) < left ? time + TimeSpan.FromTicks(1) : time;
    }

    private static PreciseTimeSpan Earlier(PreciseTimeSpan due, IdleWatch watch) => watch.Enabled && watch.Due < due ? watch.Due : due;
}
