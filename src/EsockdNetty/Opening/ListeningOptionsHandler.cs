using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;

namespace EsockdNetty.Opening;

/// <summary>Gives a listening socket those of its options that changed while it listens.</summary>
internal sealed class ListeningOptionsHandler(Func<ListenerSettings> current) : ChannelHandlerAdapter
{
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ListenerUpdated && context.Channel is AbstractServerSocketChannel { Active: true } channel)
        {
            Apply(channel, current());
        }

        context.FireUserEventTriggered(evt);
    }

    private static void Apply(AbstractServerSocketChannel channel, ListenerSettings settings)
    {
        channel.ChangeBacklog(settings.Socket.Backlog);
        if (channel.LocalAddress is UnixDomainSocketEndPoint)
        {
            channel.Configuration.SetOption(ChannelOption.UnixMode, settings.Socket.UnixMode);
        }

        foreach (SocketSetting setting in settings.Sockets.Listening)
        {
            setting.TrySet(channel.Configuration);
        }
    }
}
