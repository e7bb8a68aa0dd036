#nullable disable
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Timeout;

/// <summary>Closes a channel that has not received anything for a while, and says so by a <see cref="ReadTimeoutException"/>.</summary>
public class ReadTimeoutHandler : IdleStateHandler
{
    private bool _timedOut;

    /// <summary>A time in seconds; zero and less switch it off.</summary>
    public ReadTimeoutHandler(int timeoutSeconds)
        : this(TimeSpan.FromSeconds(timeoutSeconds))
    {
    }

    /// <summary>A time of zero and less switches it off.</summary>
    public ReadTimeoutHandler(TimeSpan timeout)
        : base(timeout, TimeSpan.Zero, TimeSpan.Zero)
    {
    }

    protected override void ChannelIdle(IChannelHandlerContext context, IdleStateEvent stateEvent) => ReadTimedOut(context);

    /// <summary>Nothing was received in time. Default: fires <see cref="ReadTimeoutException.Instance"/> and closes the channel, once.</summary>
    protected virtual void ReadTimedOut(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_timedOut)
        {
            return;
        }

        _timedOut = true;
        context.FireExceptionCaught(ReadTimeoutException.Instance);
        _ = context.CloseAsync();
    }
}
