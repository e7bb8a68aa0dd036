using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Opening;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Accepting.Rates;

public sealed class ConnectionRateOnSocketsTests
{
    private const int Dead = 5;

    public static TheoryData<SocketTransport, OverLimit> Cases => new()
    {
        { SocketTransport.Sockets, OverLimit.Refuse },
        { SocketTransport.Sockets, OverLimit.Wait },
        { SocketTransport.Epoll, OverLimit.Refuse },
        { SocketTransport.Epoll, OverLimit.Wait },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Clients_that_reset_before_they_were_accepted_cost_no_token(SocketTransport transport, OverLimit overLimit)
    {
        if (transport == SocketTransport.Epoll && !OperatingSystem.IsLinux())
        {
            return;
        }

        var counters = new ListenerCounters();
        var door = new Door();
        var gate = new ConnectionRateGate(new TokenBucket(new ConnectionRate(1, TimeSpan.FromHours(1))), overLimit);
        await using RatedServer server = await RatedServer.Start(transport, door, gate, new AcceptMeter("test", counters, NullLogger.Instance));
        for (int i = 0; i < Dead; i++)
        {
            using SocketClient client = await SocketClient.Connect(server.Address);
            client.Reset();
        }

        using SocketClient good = await SocketClient.Connect(server.Address);
        door.Open();

        Assert.True(await good.IsServed());
        Eventually.Equal(1, () => (int)counters.Snapshot().Accepted);
        Assert.Equal(Dead, counters.Snapshot().Refused.GetValueOrDefault(RefusalReason.PeerGone));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_more_clients_than_there_are_tokens_are_served(SocketTransport transport, OverLimit overLimit)
    {
        if (transport == SocketTransport.Epoll && !OperatingSystem.IsLinux())
        {
            return;
        }

        var counters = new ListenerCounters();
        var gate = new ConnectionRateGate(new TokenBucket(new ConnectionRate(3, TimeSpan.FromHours(1))), overLimit);
        await using RatedServer server = await RatedServer.Start(transport, gate, new AcceptMeter("test", counters, NullLogger.Instance));

        var served = new List<SocketClient>();
        for (int i = 0; i < 3; i++)
        {
            served.Add(await SocketClient.Connect(server.Address));
            Assert.True(await served[i].IsServed());
        }

        using SocketClient fourth = await SocketClient.Connect(server.Address);
        Eventually.Equal(true, () => overLimit == OverLimit.Wait ? gate.IsWaiting : counters.Snapshot().Refused.GetValueOrDefault(RefusalReason.Rate) == 1);
        Assert.Equal(3, counters.Snapshot().Accepted);
        served.ForEach(static client => client.Dispose());
    }

    /// <summary>Lets nobody in before it is opened.</summary>
    private sealed class Door : ChannelHandlerAdapter
    {
        private IChannelHandlerContext? _context;
        private bool _isOpen;

        public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

        public override void Read(IChannelHandlerContext context)
        {
            if (_isOpen)
            {
                context.Read();
            }
        }

        public void Open() => _context!.Executor.Execute(() =>
        {
            _isOpen = true;
            _context.Read();
        });
    }

    private sealed class RatedServer(IEventLoopGroup loops, IChannel channel) : IAsyncDisposable
    {
        public EndPoint Address => channel.LocalAddress;

        public static async Task<RatedServer> Start(SocketTransport transport, params IChannelHandler[] stages)
        {
            ISocketTransport factory = SocketTransports.Of(transport);
            IEventLoopGroup loops = factory.NewLoops(1);
            IChannel channel = await new ServerBootstrap()
                .Group(loops)
                .ChannelFactory(() => factory.NewServerChannel(AddressFamily.InterNetwork))
                .Handler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(stages)))
                .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(new EchoHandler())))
                .BindAsync(IPAddress.Loopback, 0)
                .WaitAsync(Eventually.Guard);
            return new RatedServer(loops, channel);
        }

        public async ValueTask DisposeAsync()
        {
            await channel.CloseAsync().WaitAsync(Eventually.Guard);
            await loops.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard).WaitAsync(Eventually.Guard);
        }
    }
}
