using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting;

/// <summary>
/// The last stage of a server pipeline: counts what passed the gates, what they refused by reason, and how often accepting paused. Writes one
/// line a reason and second, with the number of those it stands for and the address of one of them, and warns where accepting waits for long.
/// </summary>
public sealed class AcceptMeter : ChannelHandlerAdapter
{
    private readonly ListenerCounters _counters;
    private readonly AcceptLog _log;
    private readonly WaitWatch _waits;

    /// <summary>Counts into <paramref name="counters"/> and logs under the listener's name.</summary>
    public AcceptMeter(string listener, ListenerCounters counters, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(listener);
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(logger);
        _counters = counters;
        _log = new AcceptLog(listener, logger);
        _waits = new WaitWatch(listener, logger);
    }

    /// <summary>One of several server channels of a listener.</summary>
    internal AcceptMeter(ListenerCounters counters, AcceptLog log, WaitWatch waits)
    {
        _counters = counters;
        _log = log;
        _waits = waits;
    }

    /// <summary>The listener's name.</summary>
    internal string Listener => _log.Listener;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context) => _log.Enter();

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context) => _log.Leave();

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IChannel)
        {
            _counters.ConnectionAccepted();
        }

        context.FireChannelRead(message);
    }

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        switch (evt)
        {
            case ConnectionRefused refused:
                _counters.ConnectionRefused(refused.Reason);
                _log.Refused(context.Executor, refused);
                break;
            case AcceptPaused paused:
                _counters.AcceptPaused();
                _log.Paused(context.Executor, paused);
                break;
            case AcceptWait wait:
                _waits.Changed(context.Executor, wait);
                break;
            case ListenerLost lost:
                _log.Lost(lost);
                break;
        }

        context.FireUserEventTriggered(evt);
    }
}
