using System.Text;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace Acme.Secure;

/// <summary>Greets when the handshake is done, then echoes.</summary>
public class GreetingHandler : ChannelHandlerAdapter
{
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent handshake)
        {
            if (handshake.IsSuccessful)
            {
                context.WriteAndFlushAsync(Unpooled.CopiedBuffer("welcome;", Encoding.ASCII));
            }
            else
            {
                context.CloseAsync();
            }
        }

        context.FireUserEventTriggered(evt);
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        context.WriteAsync(message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        context.Flush();
        context.FireChannelReadComplete();
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.CloseAsync();
}
