using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;

namespace Acme.Framing;

/// <summary>Gives a peer a number of silent periods, then closes.</summary>
public class PatienceHandler : IdleStateHandler
{
    private int _left;

    public PatienceHandler(int seconds, int periods)
        : base(seconds, 0, 0)
    {
        _left = periods;
    }

    protected override void ChannelIdle(IChannelHandlerContext context, IdleStateEvent stateEvent)
    {
        if (--_left > 0)
        {
            base.ChannelIdle(context, stateEvent);
        }
        else
        {
            context.CloseAsync();
        }
    }
}
