using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Opening;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Accepting;

/// <summary>Access rules, bans and limits per address see the peers of real sockets as they should, on each transport.</summary>
public sealed class ClientsOnSocketsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clients").FullName;
    private readonly ListenerCounters _counters = new();
    private readonly AccessControl _access = new();
    private readonly AddressLimit _limit = new();

    public static TheoryData<SocketTransport> Transports =>
        OperatingSystem.IsLinux() ? [SocketTransport.Epoll, SocketTransport.Sockets] : [SocketTransport.Sockets];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_rule_and_a_ban_refuse_a_peer_until_they_go(SocketTransport transport)
    {
        await using Server server = await Server.Start(transport, new IPEndPoint(IPAddress.Loopback, 0), Accept);
        _access.Replace([AccessRule.Parse("deny 127.0.0.0/8")]);
        Assert.False(IsServed(server));

        _access.Replace([]);
        _access.Bans.Ban(ClientAddress.Of(IPAddress.Loopback), TimeSpan.FromHours(1), "test");
        Assert.False(IsServed(server));
        _access.Bans.Lift(ClientAddress.Of(IPAddress.Loopback));

        Assert.True(IsServed(server));
        Eventually.Equal((1, 1), () => (Refused(RefusalReason.AccessDenied), Refused(RefusalReason.Banned)));
    }

    [Fact]
    public async Task A_listener_of_both_families_sees_an_IPv4_client_as_one()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // .NET's sockets listen to IPv6 alone.
        await using Server server = await Server.Start(SocketTransport.Epoll, new IPEndPoint(IPAddress.IPv6Any, 0), Accept);
        var ipv4 = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)server.Address).Port);
        _access.Replace([AccessRule.Parse("deny 127.0.0.1")]);

        Assert.False(IsServed(ipv4));
        Eventually.Equal(1, () => Refused(RefusalReason.AccessDenied));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_peer_on_a_unix_socket_matches_unix_and_has_no_limit(SocketTransport transport)
    {
        await using Server server = await Server.Start(transport, new UnixDomainSocketEndPoint(Path.Combine(_folder, "s")), Accept);
        _limit.MaxConnections = 1;
        using Socket first = Connect(server.Address);
        using Socket second = Connect(server.Address);
        Assert.True(IsServed(first) && IsServed(second));

        _access.Replace([AccessRule.Parse("deny unix")]);

        Assert.False(IsServed(server));
        Eventually.Equal(1, () => Refused(RefusalReason.AccessDenied));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task One_address_has_its_connections_and_gets_the_next_when_one_has_ended(SocketTransport transport)
    {
        await using Server server = await Server.Start(transport, new IPEndPoint(IPAddress.Loopback, 0), Accept);
        _limit.MaxConnections = 1;

        using (Socket first = Connect(server.Address))
        {
            Assert.True(IsServed(first));
            Assert.False(IsServed(server));
            first.Close(0);
        }

        Eventually.Equal(0, () => _limit.CountOf(ClientAddress.Of(IPAddress.Loopback)));
        Assert.True(IsServed(server));
        Eventually.Equal(1, () => Refused(RefusalReason.AddressLimit));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Who_sends_frames_that_are_too_long_is_banned(SocketTransport transport)
    {
        var reporter = new AbuseReporter(new BanScore(_access.Bans, new BanOptions { BadFraming = 1, Threshold = 2 }));
        await using Server server = await Server.Start(
            transport,
            new IPEndPoint(IPAddress.Loopback, 0),
            Accept,
            pipeline => pipeline.AddLast(reporter, new PacketDecoder(PacketType.Four, 1000), new CloseReasonHandler(), new CloseOnFault()));

        Assert.False(IsServed(server.Address, [255, 255, 255, 255]));
        Eventually.Equal(1, () => _counters.Snapshot().Accepted);
        Assert.False(_access.Bans.IsBanned(ClientAddress.Of(IPAddress.Loopback)));
        Assert.False(IsServed(server.Address, [255, 255, 255, 255]));

        Eventually.Equal(true, () => _access.Bans.IsBanned(ClientAddress.Of(IPAddress.Loopback)));
        Assert.False(IsServed(server));
        Eventually.Equal(1, () => Refused(RefusalReason.Banned));
    }

    private static bool IsServed(Server server) => IsServed(server.Address);

    private static bool IsServed(EndPoint address, byte[]? bytes = null)
    {
        try
        {
            using Socket socket = Connect(address);
            return IsServed(socket, bytes);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown)
        {
            return false;
        }
    }

    private static bool IsServed(Socket socket, byte[]? bytes = null)
    {
        try
        {
            byte[] back = new byte[1];
            socket.Send(bytes ?? [42]);
            return socket.Receive(back) == 1 && back[0] == 42;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown)
        {
            return false;
        }
    }

    private static Socket Connect(EndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)Eventually.Guard.TotalMilliseconds,
        };
        socket.Connect(address);
        return socket;
    }

    private int Refused(RefusalReason reason) => (int)_counters.Snapshot().Refused.GetValueOrDefault(reason);

    private void Accept(IChannelPipeline pipeline) => pipeline.AddLast(
        new AcceptBackoffHandler(),
        new AccessControlGate(_access),
        new AddressLimitGate(_limit),
        new AcceptMeter("test", _counters, NullLogger.Instance));

    private sealed class CloseOnFault : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.CloseAsync();
    }

    private sealed class Server(IEventLoopGroup loops, IChannel channel) : IAsyncDisposable
    {
        public EndPoint Address => channel.LocalAddress;

        public static async Task<Server> Start(SocketTransport transport, EndPoint address, Action<IChannelPipeline> accept, Action<IChannelPipeline>? serve = null)
        {
            ISocketTransport factory = SocketTransports.Of(transport);
            IEventLoopGroup loops = factory.NewLoops(1);
            ServerBootstrap bootstrap = new ServerBootstrap()
                .Group(loops)
                .ChannelFactory(() => factory.NewServerChannel(address.AddressFamily))
                .Handler(new ActionChannelInitializer<IChannel>(channel => accept(channel.Pipeline)))
                .ChildHandler(new ActionChannelInitializer<IChannel>(channel => (serve ?? Echo)(channel.Pipeline)));
            return new Server(loops, await bootstrap.BindAsync(address).WaitAsync(Eventually.Guard));
        }

        public async ValueTask DisposeAsync()
        {
            await channel.CloseAsync().WaitAsync(Eventually.Guard);
            await loops.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard).WaitAsync(Eventually.Guard);
        }

        private static void Echo(IChannelPipeline pipeline) => pipeline.AddLast(new EchoHandler());
    }
}
