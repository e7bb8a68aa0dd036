using System.Net;
using DotNetty.Codecs;
using DotNetty.Handlers.Logging;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Echo;

public class EchoServer
{
    private readonly IEventLoopGroup _bossGroup = new MultithreadEventLoopGroup(1);
    private readonly IEventLoopGroup _workerGroup = new MultithreadEventLoopGroup();
    private IChannel? _channel;

    public int Port => ((IPEndPoint)_channel!.LocalAddress).Port;

    public async Task StartAsync()
    {
        var bootstrap = new ServerBootstrap();
        bootstrap
            .Group(_bossGroup, _workerGroup)
            .Channel<TcpServerSocketChannel>()
            .Option(ChannelOption.SoBacklog, 100)
            .Option(ChannelOption.SoReuseaddr, true)
            .Handler(new LoggingHandler("echo-listener"))
            .ChildOption(ChannelOption.TcpNodelay, true)
            .ChildOption(ChannelOption.SoKeepalive, true)
            .ChildHandler(new ActionChannelInitializer<ISocketChannel>(channel =>
            {
                IChannelPipeline pipeline = channel.Pipeline;
                pipeline.AddLast(new LoggingHandler("echo-connection", LogLevel.DEBUG));
                pipeline.AddLast("length-out", new LengthFieldPrepender(2));
                pipeline.AddLast("length-in", new LengthFieldBasedFrameDecoder(ushort.MaxValue, 0, 2, 0, 2));
                pipeline.AddLast("echo", new EchoServerHandler());
            }));

        _channel = await bootstrap.BindAsync(IPAddress.Loopback, 0);
    }

    public async Task StopAsync()
    {
        try
        {
            if (_channel != null)
            {
                await _channel.CloseAsync();
            }
        }
        finally
        {
            await Task.WhenAll(
                _bossGroup.ShutdownGracefullyAsync(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5)),
                _workerGroup.ShutdownGracefullyAsync(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5)));
        }
    }
}
