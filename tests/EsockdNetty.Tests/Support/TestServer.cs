using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Tests.Support;

/// <summary>A server composed by hand from stages, on real sockets: one boss, two workers.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly MultithreadEventLoopGroup _boss = new(1);
    private readonly MultithreadEventLoopGroup _workers = new(2);

    private TestServer()
    {
    }

    public IChannel Channel { get; private set; } = null!;

    public EndPoint Address => Channel.LocalAddress;

    public static async Task<TestServer> Start(Action<IChannelPipeline> accepting, Action<IChannelPipeline>? serving = null)
    {
        var server = new TestServer();
        server.Channel = await new ServerBootstrap()
            .Group(server._boss, server._workers)
            .Channel<TcpServerSocketChannel>()
            .Handler(new ActionChannelInitializer<IChannel>(channel => accepting(channel.Pipeline)))
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => (serving ?? Echo)(channel.Pipeline)))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Eventually.Guard);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.CloseAsync().WaitAsync(Eventually.Guard);
        await Task.WhenAll(
            _boss.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard),
            _workers.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard)).WaitAsync(Eventually.Guard);
    }

    private static void Echo(IChannelPipeline pipeline) => pipeline.AddLast(new EchoHandler());
}
