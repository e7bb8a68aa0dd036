using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Commands;

public class CommandServerInitializer : ChannelInitializer<ISocketChannel>
{
    protected override void InitChannel(ISocketChannel channel)
    {
        channel.Pipeline
            .AddLast("decoder", new CommandDecoder())
            .AddLast("encoder", new CommandEncoder())
            .AddLast("handler", new CommandHandler());
    }
}
