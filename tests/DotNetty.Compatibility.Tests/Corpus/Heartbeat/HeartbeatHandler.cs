using DotNetty.Buffers;
using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;

namespace Acme.Heartbeat;

public class HeartbeatHandler : ChannelHandlerAdapter
{
    private static readonly IByteBuffer Ping = Unpooled.UnreleasableBuffer(Unpooled.CopiedBuffer(new byte[] { 0x05 }));

    private int _missed;

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is IdleStateEvent idle)
        {
            switch (idle.State)
            {
                case IdleState.WriterIdle:
                    context.WriteAndFlushAsync(Ping.Duplicate());
                    break;
                case IdleState.ReaderIdle when ++_missed >= 2:
                    context.CloseAsync();
                    break;
            }
        }
        else
        {
            base.UserEventTriggered(context, evt);
        }
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        _missed = 0;
        context.FireChannelRead(message);
    }
}
