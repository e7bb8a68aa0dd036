using System.Net;
using DotNetty.Codecs;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Echo;

public static class EchoClient
{
    public static async Task<string> RunAsync(int port, string greeting, int repeats)
    {
        var group = new MultithreadEventLoopGroup(1);
        var handler = new EchoClientHandler(greeting, repeats);
        try
        {
            var bootstrap = new Bootstrap();
            bootstrap
                .Group(group)
                .Channel<TcpSocketChannel>()
                .Option(ChannelOption.TcpNodelay, true)
                .Option(ChannelOption.ConnectTimeout, TimeSpan.FromSeconds(10))
                .Handler(new ActionChannelInitializer<ISocketChannel>(channel =>
                {
                    channel.Pipeline.AddLast(
                        new LengthFieldPrepender(2),
                        new LengthFieldBasedFrameDecoder(ushort.MaxValue, 0, 2, 0, 2),
                        handler);
                }));

            IChannel channel = await bootstrap.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            string echo = await handler.LastEcho.Task;
            await channel.CloseCompletion;
            return echo;
        }
        finally
        {
            await group.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
    }
}
