using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.TestSupport;
using Accepted = System.Threading.Channels.Channel<DotNetty.Transport.Channels.IChannel>;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>
/// What all parts of the contract need: two loops, a listener, plain sockets as peers, and a recorder on the first connection that is accepted
/// and on the first client.
/// </summary>
public abstract class ContractTests<TTransport> : LeakFreeTests, IAsyncLifetime
    where TTransport : ITransportUnderTest, new()
{
    private readonly Accepted _accepted = System.Threading.Channels.Channel.CreateUnbounded<IChannel>();
    private readonly List<Socket> _sockets = [];
    private readonly List<EndPoint> _addresses = [];
    private int _children;

    protected ContractTests() => Group = Transport.NewGroup(2);

    protected ITransportUnderTest Transport { get; } = new TTransport();

    protected IEventLoopGroup Group { get; }

    protected IChannel Listener { get; private set; } = null!;

    /// <summary>The last handler of the first connection that is accepted.</summary>
    protected Recorder Accepted { get; } = new();

    /// <summary>The last handler of the client.</summary>
    protected Recorder Client { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        foreach (UnixDomainSocketEndPoint path in _addresses.OfType<UnixDomainSocketEndPoint>())
        {
            File.Delete(path.ToString());
        }
    }

    /// <summary>Begins to listen; <paramref name="handlers"/> stand before the recorder of each connection.</summary>
    protected async Task ListenAsync(Action<ServerBootstrap>? configure = null, Func<IChannelHandler[]>? handlers = null)
    {
        ServerBootstrap bootstrap = NewServerBootstrap(handlers);
        configure?.Invoke(bootstrap);
        Listener = await Within.Reached(bootstrap.BindAsync(NewAddress()));
    }

    protected ServerBootstrap NewServerBootstrap(Func<IChannelHandler[]>? handlers = null) => new ServerBootstrap()
        .Group(Group)
        .ChannelFactory(Transport.NewServer)
        .ChildHandler(new ActionChannelInitializer<IChannel>(child =>
        {
            child.Pipeline.AddLast(handlers?.Invoke() ?? []);
            child.Pipeline.AddLast(Interlocked.Increment(ref _children) == 1 ? Accepted : new Recorder());
            _accepted.Writer.TryWrite(child);
        }));

    protected EndPoint NewAddress()
    {
        EndPoint address = Transport.NewAddress();
        _addresses.Add(address);
        return address;
    }

    protected Socket NewPeer()
    {
        Socket socket = Transport.NewPeer();
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>A plain socket that is connected to the listener.</summary>
    protected Task<Socket> ConnectPeerAsync()
    {
        Socket peer = NewPeer();

        // Blocking: an asynchronous connect is told of a reset that follows at once in place of the connection before it.
        peer.Connect(Listener.LocalAddress);
        return Task.FromResult(peer);
    }

    /// <summary>The next connection that was accepted; it may not be registered yet.</summary>
    protected Task<IChannel> AcceptedAsync() => Within.Reached(_accepted.Reader.ReadAsync().AsTask());

    /// <summary>A connection: the plain socket, and the channel that was accepted and is active.</summary>
    protected async Task<(Socket Peer, IChannel Channel)> ConnectAsync()
    {
        Socket peer = await ConnectPeerAsync();
        IChannel channel = await AcceptedAsync();
        await TurnAsync(channel);
        return (peer, channel);
    }

    /// <summary>A client channel, registered and not connected.</summary>
    protected async Task<IChannel> NewClientAsync(params IChannelHandler[] handlers)
    {
        IChannel client = Transport.NewClient();
        client.Pipeline.AddLast(handlers);
        client.Pipeline.AddLast(Client);
        await Within.Reached(Group.RegisterAsync(client));
        return client;
    }

    /// <summary>Completes when the channel's loop has done what it was given before.</summary>
    protected static Task TurnAsync(IChannel channel) => Within.Reached(channel.EventLoop.SubmitAsync(static () => 0));

    /// <summary>Runs <paramref name="work"/> on the channel's loop, in one turn.</summary>
    protected static Task OnLoopAsync(IChannel channel, Action work) => Within.Reached(channel.EventLoop.SubmitAsync(() =>
    {
        work();
        return 0;
    }));

    /// <summary>How often the channel's loop turns while it waits for a timer and has nothing else to do.</summary>
    protected async Task<long> TurnsWhileWaitingAsync(IChannel channel)
    {
        await TurnAsync(channel);
        long before = Transport.Turns(channel.EventLoop);
        await Within.Reached(channel.EventLoop.ScheduleAsync(static () => { }, TimeSpan.FromMilliseconds(20)));
        return Transport.Turns(channel.EventLoop) - before;
    }

    /// <summary>The peer sees the connection broken off: reset, or ended where there is no reset.</summary>
    protected async Task AssertBrokenOffAsync(Socket peer)
    {
        Exception? fault = await Record.ExceptionAsync(peer.ReceiveToEndAsync);

        Assert.Equal(Transport.HasReset ? SocketError.ConnectionReset : null, (fault as SocketException)?.SocketErrorCode);
    }

    /// <summary>The recorder was told of one whole life, and of its end once.</summary>
    protected static void AssertWholeLife(Recorder recorder)
    {
        string[] events = recorder.Events;
        Assert.True(events is ["Added", "Registered", .., "Unregistered", "Removed"], string.Join(", ", events));
        Assert.Equal(events.Count(static name => name == "Active"), events.Count(static name => name == "Inactive"));
        Assert.Single(events, static name => name == "Unregistered");
    }
}
