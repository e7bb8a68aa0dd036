using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Local;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Local;

public sealed class LocalServerChannelTests : LeakFreeTests
{
    [Fact]
    public async Task An_address_is_bound_once_and_free_after_the_close()
    {
        var address = new LocalAddress("bound-once");
        var group = new MultithreadEventLoopGroup(1);
        ServerBootstrap bootstrap = new ServerBootstrap().Group(group).Channel<LocalServerChannel>().ChildHandler(new ActionChannelInitializer<IChannel>(static _ => { }));
        IChannel first = await Within.Reached(bootstrap.BindAsync(address));

        ChannelException fault = await Assert.ThrowsAsync<ChannelException>(() => Within.Reached(bootstrap.BindAsync(address)));
        await Within.Reached(first.CloseAsync());
        IChannel again = await Within.Reached(bootstrap.BindAsync(address));

        Assert.Contains("local:bound-once", fault.Message, StringComparison.Ordinal);
        Assert.Equal(address, again.LocalAddress);
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task Any_address_is_one_that_nobody_has()
    {
        await using LocalServer first = await LocalServer.StartAsync();
        await using LocalServer second = await LocalServer.StartAsync();

        Assert.NotEqual(first.Listener.LocalAddress, second.Listener.LocalAddress);
        Assert.NotEqual(LocalAddress.Any, first.Listener.LocalAddress);
    }

    [Fact]
    public async Task An_address_of_another_kind_is_refused()
    {
        var group = new MultithreadEventLoopGroup(1);
        ServerBootstrap bootstrap = new ServerBootstrap().Group(group).Channel<LocalServerChannel>().ChildHandler(new ActionChannelInitializer<IChannel>(static _ => { }));

        await Assert.ThrowsAsync<ChannelException>(() => Within.Reached(bootstrap.BindAsync(IPAddress.Loopback, 1)));

        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task It_accepts_only_while_it_is_read()
    {
        await using LocalServer server = await LocalServer.StartAsync(null, static bootstrap => bootstrap.Option(ChannelOption.AutoRead, false));
        LocalChannel waiting = await server.ConnectAsync();

        Task<LocalChannel> accepting = server.AcceptedAsync();
        await LocalServer.Settle(server.Listener, waiting);
        bool early = accepting.IsCompleted;
        server.Listener.Read();
        LocalChannel child = await accepting;

        Assert.False(early);
        Assert.Equal(waiting.LocalAddress, child.RemoteAddress);
    }

    [Fact]
    public async Task A_server_that_accepts_nobody_refuses_when_too_many_wait_and_ends_those_when_it_closes()
    {
        await using LocalServer server = await LocalServer.StartAsync(null, static bootstrap => bootstrap.Option(ChannelOption.AutoRead, false));
        var waiting = new List<LocalChannel>();
        for (int i = 0; i < LocalServerChannel.Backlog; i++)
        {
            waiting.Add(await server.ConnectAsync());
        }

        await Assert.ThrowsAsync<ConnectException>(() => server.ConnectAsync());
        await Within.Reached(server.Listener.CloseAsync());

        await Within.Reached(Task.WhenAll(waiting.Select(static client => client.CloseCompletion)));
    }

    [Fact]
    public async Task A_child_that_nobody_serves_ends_its_client()
    {
        await using LocalServer server = await LocalServer.StartAsync(null, static bootstrap => bootstrap.Handler(new Lambda
        {
            OnRead = static (_, child) => ((IChannel)child).Unsafe.CloseForcibly(),
        }));

        LocalChannel client = await server.ConnectAsync();

        await Within.Reached(client.CloseCompletion);
    }

    [Fact]
    public async Task A_client_that_is_gone_before_it_is_accepted_is_accepted_and_ends()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader, static bootstrap => bootstrap.Option(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync();
        await Within.Reached(client.CloseAsync());

        server.Listener.Read();
        await Within.Reached(reader.Ended.Task);

        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered"], reader.Events.Take(5));
    }

    [Fact]
    public async Task It_sends_nothing_and_connects_to_nobody()
    {
        await using LocalServer server = await LocalServer.StartAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => Within.Reached(server.Listener.WriteAndFlushAsync("message")));
        await Assert.ThrowsAsync<NotSupportedException>(() => Within.Reached(server.Listener.ConnectAsync(LocalAddress.Any)));

        Assert.Null(server.Listener.RemoteAddress);
        Assert.False(server.Listener.Metadata.HasDisconnect);
    }
}
