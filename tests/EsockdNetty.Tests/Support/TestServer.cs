using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Opening;

namespace EsockdNetty.Tests.Support;

/// <summary>A server composed by hand from stages, on real sockets: one boss, two workers.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    private readonly IEventLoopGroup _boss;
    private readonly IEventLoopGroup _workers;

    private TestServer(ISocketTransport transport)
    {
        _boss = transport.NewLoops(1);
        _workers = transport.NewLoops(2);
    }

    public IChannel Channel { get; private set; } = null!;

    public EndPoint Address => Channel.LocalAddress;

    public static async Task<TestServer> Start(SocketTransport on, Action<IChannelPipeline> accepting, Action<IChannelPipeline>? serving = null)
    {
        ISocketTransport transport = SocketTransports.Of(on);
        var server = new TestServer(transport);
        server.Channel = await new ServerBootstrap()
            .Group(server._boss, server._workers)
            .ChannelFactory(() => transport.NewServerChannel(Anywhere))
            .Handler(new ActionChannelInitializer<IChannel>(channel => accepting(channel.Pipeline)))
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => (serving ?? Echo)(channel.Pipeline)))
            .BindAsync(Anywhere)
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
