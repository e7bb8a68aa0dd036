using DotNetty.Transport.Channels;

namespace Acme.Forwarding;

/// <summary>The target's half.</summary>
public class ReturningHandler : ChannelHandlerAdapter
{
    private readonly IChannel _inbound;

    public ReturningHandler(IChannel inbound) => _inbound = inbound;

    public override void ChannelActive(IChannelHandlerContext context) => context.Read();

    public override async void ChannelRead(IChannelHandlerContext context, object message)
    {
        try
        {
            await _inbound.WriteAndFlushAsync(message);
            context.Channel.Read();
        }
        catch (ClosedChannelException)
        {
            await context.CloseAsync();
        }
    }

    public override void ChannelInactive(IChannelHandlerContext context) => ForwardingHandler.CloseOnFlush(_inbound);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => ForwardingHandler.CloseOnFlush(context.Channel);
}
