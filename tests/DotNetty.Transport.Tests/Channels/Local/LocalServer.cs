using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Local;
using Accepted = System.Threading.Channels.Channel<DotNetty.Transport.Channels.Local.LocalChannel>;

namespace DotNetty.Transport.Tests.Channels.Local;

/// <summary>A server within the process, and clients for it, each end on a loop of its own.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly Accepted _accepted = System.Threading.Channels.Channel.CreateUnbounded<LocalChannel>();

    private LocalServer()
    {
    }

    public MultithreadEventLoopGroup Group { get; } = new(3);

    public IChannel Listener { get; private set; } = null!;

    public static async Task<LocalServer> StartAsync(Func<IChannelHandler>? handler = null, Action<ServerBootstrap>? configure = null)
    {
        var server = new LocalServer();
        ServerBootstrap bootstrap = new ServerBootstrap()
            .Group(server.Group)
            .Channel<LocalServerChannel>()
            .ChildHandler(new ActionChannelInitializer<LocalChannel>(child =>
            {
                if (handler is not null)
                {
                    child.Pipeline.AddLast(handler());
                }

                server._accepted.Writer.TryWrite(child);
            }));
        configure?.Invoke(bootstrap);
        server.Listener = await Within.Reached(bootstrap.BindAsync(LocalAddress.Any));
        return server;
    }

    public async Task<LocalChannel> ConnectAsync(IChannelHandler? handler = null, Action<Bootstrap>? configure = null)
    {
        Bootstrap bootstrap = new Bootstrap().Group(Group).Channel<LocalChannel>().Handler(handler ?? new Lambda());
        configure?.Invoke(bootstrap);
        return (LocalChannel)await Within.Reached(bootstrap.ConnectAsync(Listener.LocalAddress));
    }

    /// <summary>The next connection that was accepted.</summary>
    public Task<LocalChannel> AcceptedAsync() => Within.Reached(_accepted.Reader.ReadAsync().AsTask());

    /// <summary>Completes when the loops of these channels have done all they were given before, and all that came of it between them.</summary>
    public static async Task Settle(params IChannel[] channels)
    {
        for (int turn = 0; turn < 6; turn++)
        {
            foreach (IChannel channel in channels)
            {
                await Within.Reached(channel.EventLoop.SubmitAsync(static () => 0));
            }
        }
    }

    public async ValueTask DisposeAsync() => await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
}
