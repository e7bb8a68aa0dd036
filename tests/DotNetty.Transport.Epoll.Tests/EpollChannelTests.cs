using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Epoll.Tests;

/// <summary>What is the epoll transport's own, beside the contract of all transports.</summary>
public sealed class EpollChannelTests : IAsyncLifetime
{
    private readonly EpollEventLoopGroup _group = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task Channels_without_a_family_speak_IPv4_and_IPv6()
    {
        var accepted = new TaskCompletionSource<IChannel>();
        IChannel server = await Within.Reached(new ServerBootstrap()
            .Group(_group)
            .Channel<EpollServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(accepted.SetResult))
            .BindAsync(IPAddress.Loopback, 0));

        IChannel client = await Within.Reached(new Bootstrap()
            .Group(_group)
            .Channel<EpollSocketChannel>()
            .Handler(new ActionChannelInitializer<IChannel>(static _ => { }))
            .ConnectAsync(server.LocalAddress));

        IChannel child = await Within.Reached(accepted.Task);
        Assert.Equal(AddressFamily.InterNetwork, ((IPEndPoint)child.RemoteAddress).AddressFamily);
        Assert.Equal(client.LocalAddress, child.RemoteAddress);
        Assert.Equal(server.LocalAddress, client.RemoteAddress);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task Addresses_that_nobody_asked_for_before_are_told_after_the_close(string bound)
    {
        var accepted = new TaskCompletionSource<EpollSocketChannel>();
        IChannel server = await Within.Reached(new ServerBootstrap()
            .Group(_group)
            .Channel<EpollServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => accepted.SetResult((EpollSocketChannel)channel)))
            .BindAsync(IPAddress.Parse(bound), 0));
        var address = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)server.LocalAddress).Port);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(address);
        EpollSocketChannel child = await Within.Reached(accepted.Task);

        await Within.Reached(child.CloseAsync());

        Assert.Equal(address, child.LocalAddress);
        Assert.Equal(peer.LocalEndPoint, child.RemoteAddress);
    }

    [Fact]
    public async Task Whose_a_connection_is_can_be_asked_for_bytes()
    {
        var accepted = new TaskCompletionSource<EpollSocketChannel>();
        IChannel server = await Within.Reached(new ServerBootstrap()
            .Group(_group)
            .Channel<EpollServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => accepted.SetResult((EpollSocketChannel)channel)))
            .BindAsync(IPAddress.Loopback, 0));
        var client = new EpollSocketChannel(AddressFamily.InterNetwork);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("127.1.2.3"), 0));
        peer.Connect(server.LocalAddress);
        EpollSocketChannel child = await Within.Reached(accepted.Task);

        byte[] bytes = new byte[16];

        Assert.Equal(4, child.WriteRemoteIPAddress(bytes));
        Assert.Equal([127, 1, 2, 3], bytes[..4]);
        Assert.Equal(0, client.WriteRemoteIPAddress(bytes));
        Assert.Throws<ArgumentException>(() => child.WriteRemoteIPAddress(bytes.AsSpan(1)));
        client.Unsafe.CloseForcibly();
    }

    [Fact]
    public async Task A_channel_of_this_transport_is_refused_by_the_loops_of_another()
    {
        var sockets = new MultithreadEventLoopGroup(1);
        var channel = new EpollSocketChannel();

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Within.Reached(sockets.RegisterAsync(channel)));

        channel.Unsafe.CloseForcibly();
        await Within.Reached(sockets.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task A_closed_channel_has_no_descriptor_any_more_and_the_system_neither()
    {
        var channel = new EpollSocketChannel(AddressFamily.InterNetwork);
        string descriptor = $"/proc/self/fd/{channel.Descriptor}";
        string? socket = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name;
        await Within.Reached(_group.RegisterAsync(channel));

        await Within.Reached(channel.CloseAsync());

        Assert.Equal(-1, channel.Descriptor);
        Assert.NotNull(socket);
        Assert.NotEqual(socket, File.Exists(descriptor) ? File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name : null);
    }

    [Fact]
    public async Task A_connection_that_nobody_reads_knows_that_its_peer_has_ended_and_stays_as_it_is()
    {
        var accepted = new TaskCompletionSource<IChannel>();
        IChannel server = await Within.Reached(new ServerBootstrap()
            .Group(_group)
            .Channel<EpollServerSocketChannel>()
            .ChildOption(ChannelOption.AutoRead, false)
            .ChildHandler(new ActionChannelInitializer<IChannel>(accepted.SetResult))
            .BindAsync(IPAddress.Loopback, 0));
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(server.LocalAddress);
        var child = (EpollSocketChannel)await Within.Reached(accepted.Task);

        peer.Shutdown(SocketShutdown.Send);

        Assert.True(SpinWait.SpinUntil(() => child.IsPeerEnded, Within.Guard));
        Assert.True(child.Active && !child.IsInputShutdown);
    }

    [Fact]
    public void An_impossible_number_of_loops_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new EpollEventLoopGroup(0));
}
