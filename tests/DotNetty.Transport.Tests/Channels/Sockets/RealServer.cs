using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using Accepted = System.Threading.Channels.Channel<DotNetty.Transport.Channels.IChannel>;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>A server on real sockets, one loop, and plain clients for it.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly Accepted _accepted = System.Threading.Channels.Channel.CreateUnbounded<IChannel>();
    private readonly List<Socket> _clients = [];

    private RealServer()
    {
    }

    public MultithreadEventLoopGroup Group { get; } = new(1);

    public IChannel Listener { get; private set; } = null!;

    public EndPoint Address => Listener.LocalAddress;

    public static async Task<RealServer> StartAsync(Func<IChannelHandler>? handler = null, EndPoint? address = null, Action<ServerBootstrap>? configure = null)
    {
        var server = new RealServer();
        ServerBootstrap bootstrap = new ServerBootstrap()
            .Group(server.Group)
            .ChannelFactory(() => address is null ? new TcpServerSocketChannel() : new TcpServerSocketChannel(address.AddressFamily))
            .ChildHandler(new ActionChannelInitializer<IChannel>(child =>
            {
                if (handler is not null)
                {
                    child.Pipeline.AddLast(handler());
                }

                server._accepted.Writer.TryWrite(child);
            }));
        configure?.Invoke(bootstrap);
        server.Listener = await Within.Reached(bootstrap.BindAsync(address ?? new IPEndPoint(IPAddress.Loopback, 0)));
        return server;
    }

    /// <summary>A plain client that is connected.</summary>
    public Task<Socket> ConnectAsync()
    {
        var client = new Socket(Address.AddressFamily, SocketType.Stream, Address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        _clients.Add(client);

        // Blocking: an asynchronous connect is told of a reset that follows at once in place of the connection before it.
        client.Connect(Address);
        return Task.FromResult(client);
    }

    /// <summary>The next connection that was accepted.</summary>
    public Task<IChannel> AcceptedAsync() => Within.Reached(_accepted.Reader.ReadAsync().AsTask());

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(static client => client.Dispose());
        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }
}
