using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Bootstrapping;

public sealed class BootstrapTests : LeakFreeTests
{
    private readonly MultithreadEventLoopGroup _group = new(1);
    private readonly Recorder _recorder = new();

    public override void Dispose()
    {
        _group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard).Wait(Within.Guard);
        base.Dispose();
    }

    [Fact]
    public async Task Connects_by_address_and_by_name()
    {
        await using RealServer server = await RealServer.StartAsync();
        int port = ((IPEndPoint)server.Address).Port;

        IChannel byAddress = await Within.Reached(Bootstrap().ConnectAsync(IPAddress.Loopback, port));
        IChannel byName = await Within.Reached(Bootstrap().Resolver(new Fixed(server.Address)).ConnectAsync("the.server", port));

        Assert.True(byAddress.Active && byName.Active);
        Assert.Equal(server.Address, byAddress.RemoteAddress);
        await Within.Reached(Task.WhenAll(byAddress.CloseAsync(), byName.CloseAsync()));
    }

    [Fact]
    public async Task Tells_the_life_of_a_client_in_order()
    {
        await using RealServer server = await RealServer.StartAsync();

        IChannel channel = await Within.Reached(Bootstrap(_recorder).RemoteAddress(server.Address).ConnectAsync());
        await Within.Reached(channel.CloseAsync());

        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], _recorder.Events);
    }

    [Fact]
    public async Task A_connect_that_is_refused_fails_and_leaves_nothing_open()
    {
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Task<IChannel> connecting = Bootstrap(_recorder).ConnectAsync(unused.LocalEndPoint);

        ConnectException fault = await Assert.ThrowsAsync<ConnectException>(() => Within.Reached(connecting));
        Assert.Equal(SocketError.ConnectionRefused, ((SocketException)fault.InnerException!).SocketErrorCode);
        await Within.Reached(_recorder.Ended.Task);
        Assert.DoesNotContain("Active", _recorder.Events);
    }

    [Fact]
    public async Task A_name_nobody_knows_fails_before_a_channel_is_made()
    {
        Task<IChannel> connecting = Bootstrap(_recorder).ConnectAsync("no..such.host", 1);

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(connecting));
        Assert.Empty(_recorder.Events);
    }

    [Fact]
    public async Task A_local_address_is_bound()
    {
        await using RealServer server = await RealServer.StartAsync();

        IChannel channel = await Within.Reached(Bootstrap().ConnectAsync(server.Address, new IPEndPoint(IPAddress.Loopback, 0)));
        IChannel accepted = await server.AcceptedAsync();

        Assert.Equal(channel.LocalAddress, accepted.RemoteAddress);
        await Within.Reached(channel.CloseAsync());
    }

    [Fact]
    public async Task A_local_address_that_is_not_ours_fails_the_connect()
    {
        await using RealServer server = await RealServer.StartAsync();

        Task<IChannel> connecting = Bootstrap().ConnectAsync(server.Address, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0));

        await Assert.ThrowsAsync<ConnectException>(() => Within.Reached(connecting));
    }

    [Fact]
    public async Task An_initialiser_that_throws_fails_the_connect()
    {
        await using RealServer server = await RealServer.StartAsync();

        Task<IChannel> connecting = Bootstrap(new ActionChannelInitializer<IChannel>(static _ => throw new InvalidOperationException("on purpose"))).ConnectAsync(server.Address);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(connecting));
    }

    [Fact]
    public async Task A_group_that_has_ended_fails_the_connect_and_leaves_nothing_open()
    {
        var ended = new MultithreadEventLoopGroup(1);
        await Within.Reached(ended.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        TcpSocketChannel? made = null;

        Task<IChannel> connecting = new Bootstrap().Group(ended).ChannelFactory(() => made = new TcpSocketChannel()).Handler(_recorder).ConnectAsync(IPAddress.Loopback, 1);

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(connecting));
        Assert.False(made!.Open);
    }

    [Fact]
    public async Task A_close_while_connecting_ends_the_connect()
    {
        // Nothing answers at an address reserved for documentation; where the system says so at once, the connect fails by itself.
        var channel = new TcpSocketChannel();
        channel.Pipeline.AddLast(_recorder);
        await Within.Reached(_group.RegisterAsync(channel));
        Task connecting = channel.ConnectAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9));

        await Within.Reached(channel.CloseAsync());

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(connecting));
        Assert.True(fault is ClosedChannelException or ConnectException, $"{fault}");
        Assert.DoesNotContain("Active", _recorder.Events);
    }

    [Fact]
    public void Says_what_is_missing()
    {
        Assert.Throws<InvalidOperationException>(() => new Bootstrap().Group(_group).Channel<TcpSocketChannel>().Validate());
        Assert.Throws<InvalidOperationException>(() => { _ = Bootstrap().ConnectAsync(); });
        Assert.Throws<ArgumentNullException>(() => { _ = Bootstrap().ConnectAsync((EndPoint)null!); });
    }

    private Bootstrap Bootstrap(IChannelHandler? handler = null) =>
        new Bootstrap().Group(_group).Channel<TcpSocketChannel>().Handler(handler ?? new Lambda());

    private sealed class Fixed(EndPoint address) : INameResolver
    {
        public bool IsResolved(EndPoint address) => address is IPEndPoint;

        public Task<EndPoint> ResolveAsync(EndPoint name) => Task.FromResult(address);
    }
}
