using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;

namespace EsockdNetty.Opening;

/// <summary>Gives a listening socket those of its options that changed while it listens.</summary>
internal sealed class ListeningOptionsHandler(Func<SocketOptions> current) : ChannelHandlerAdapter
{
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ListenerUpdated && context.Channel is AbstractServerSocketChannel { Active: true } channel)
        {
            Apply(channel, current());
        }

        context.FireUserEventTriggered(evt);
    }

    private static void Apply(AbstractServerSocketChannel channel, SocketOptions options)
    {
        channel.ChangeBacklog(options.Backlog);
        if (options.ReceiveBufferSize is { } receive)
        {
            channel.Configuration.SetOption(ChannelOption.SoRcvbuf, receive);
        }
    }
}
