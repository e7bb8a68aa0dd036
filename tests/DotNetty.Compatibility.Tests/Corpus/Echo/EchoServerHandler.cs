using System.Text;
using DotNetty.Buffers;
using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;

namespace Acme.Echo;

public class EchoServerHandler : ChannelHandlerAdapter
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<EchoServerHandler>();

    public override void ChannelActive(IChannelHandlerContext context)
    {
        Logger.Info("Client connected: {}", context.Channel.RemoteAddress);
        base.ChannelActive(context);
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var buffer = message as IByteBuffer;
        if (buffer != null)
        {
            Logger.Debug("Received from client: " + buffer.ToString(Encoding.UTF8));
        }

        context.WriteAsync(message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Logger.Info("Client gone: " + context.Channel.Id.AsShortText());
        base.ChannelInactive(context);
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        Logger.Error("Closing the connection", exception);
        context.CloseAsync();
    }
}
