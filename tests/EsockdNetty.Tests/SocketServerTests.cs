using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests;

public abstract class SocketServerTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        ListenerAlreadyExistsException thrown = await Assert.ThrowsAsync<ListenerAlreadyExistsException>(() => Open(server.Server, "test"));

        Assert.Equal("test", thrown.Name);
        Assert.Contains("'test' is running already", thrown.Message, StringComparison.Ordinal);
        Assert.Equal([server.Listener], server.Server.Listeners);
    }

    [Fact]
    public async Task The_only_loop_accepts_what_it_serves()
    {
        var loops = new TaskCompletionSource<(object Accepts, object Serves)>();
        await using OneListener server = await Transport.OpenPipeline(
            pipeline =>
            {
                loops.TrySetResult((pipeline.Channel.Parent.EventLoop, pipeline.Channel.EventLoop));
                pipeline.AddLast(new EchoHandler());
            },
            server: new SocketServerOptions { Loops = 1 });

        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
        (object accepts, object serves) = await loops.Task.WaitAsync(Eventually.Guard);
        Assert.Same(accepts, serves);
    }

    [Fact]
    public async Task Of_two_opened_at_the_same_time_under_one_name_one_opens()
    {
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1, Transport = Transport });

        Task<Listener>[] both = [Open(server, "a"), Open(server, "a")];
        await Task.WhenAll(both).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Eventually.Guard);

        Assert.Equal(1, both.Count(opening => opening.IsCompletedSuccessfully));
        Assert.Equal(1, both.Count(opening => opening.Exception?.InnerException is ListenerAlreadyExistsException));
        Assert.Single(server.Listeners);
    }

    [Fact]
    public async Task A_removed_listeners_name_and_port_are_free_at_once()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        for (int i = 0; i < 50; i++)
        {
            Listener listener = await Open(server.Server, "again");

            Assert.True(await server.Server.RemoveAsync("again").WaitAsync(Eventually.Guard));

            Assert.Equal(ListenerState.Closed, listener.State);
            await listener.Completion.WaitAsync(Eventually.Guard);
            Assert.Null(server.Server.Find("again"));
        }

        Listener same = await server.Server.OpenAsync(new ListenerOptions("again", "tcp://127.0.0.1:0"), OneListener.Echo);
        string address = same.Address.ToString();
        await server.Server.RemoveAsync("again");
        Assert.Equal(address, (await server.Server.OpenAsync(new ListenerOptions("again", address), OneListener.Echo)).Address.ToString());
    }

    [Fact]
    public async Task Already_running_and_already_defined_are_different_errors()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        ListenerAlreadyExistsException running = await Assert.ThrowsAsync<ListenerAlreadyExistsException>(() => Open(server.Server, "test"));
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);
        ListenerAlreadyExistsException defined = await Assert.ThrowsAsync<ListenerAlreadyExistsException>(() => Open(server.Server, "test"));

        Assert.Equal((ListenerState.Running, ListenerState.Closed), (running.State, defined.State));
        Assert.Contains("running already", running.Message, StringComparison.Ordinal);
        Assert.Contains("defined already", defined.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_listeners_run_side_by_side()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Listener second = await server.Server.OpenAsync(new ListenerOptions("b", "ssl://127.0.0.1:0") { Tls = { Certificate = TestCertificates.Server } }, OneListener.Echo);

        using Peer plain = await server.Connect();
        using Peer tls = await Peer.ConnectTls(second);

        Assert.True(await plain.IsServed());
        Assert.True(await tls.IsServed());
        Assert.Equal((1, 1), (server.Listener.ConnectionCount, second.ConnectionCount));
    }

    [Fact]
    public async Task Over_its_limit_a_listener_refuses_by_a_reset()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Limits.MaxConnections = 1);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));

        Assert.True(await first.IsServed());
        Assert.Equal(1, server.Listener.Statistics.Refused[RefusalReason.MaxConnections]);
        Assert.Equal((1L, 1), (server.Listener.Statistics.Accepted, server.Listener.ConnectionCount));
    }

    [Fact]
    public async Task Over_its_limit_a_listener_may_say_why()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Limits.MaxConnections = 1;
            options.Refusal = Refusal.Bytes("busy\n"u8);
        });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        using Peer second = await server.Connect();

        Assert.Equal("busy\n"u8.ToArray(), await second.ReceiveToEnd());
    }

    [Fact]
    public async Task When_one_leaves_there_is_room_again()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Limits.MaxConnections = 1);
        for (int i = 0; i < 20; i++)
        {
            using Peer peer = await server.Connect();
            Assert.True(await peer.IsServed());
            peer.EndSending();
            Assert.True(await peer.EndsInOrder());
            Eventually.Equal(0, () => server.Listener.ConnectionCount);
        }
    }

    [Fact]
    public async Task A_waiting_client_is_served_when_one_leaves()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Limits.MaxConnections = 1;
            options.Limits.OverLimit = OverLimit.Wait;
        });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();
        using Peer third = await server.Connect();
        Task<bool> served = second.IsServed();

        Assert.Equal(1, server.Listener.ConnectionCount);
        Assert.False(served.IsCompleted);
        first.Dispose();

        Assert.True(await served);
        second.Dispose();
        Assert.True(await third.IsServed());
        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task The_servers_limit_holds_over_all_listeners()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, server: new SocketServerOptions { Loops = 2, MaxConnections = 2 });
        Listener other = await Open(server.Server, "other");
        using Peer first = await server.Connect();
        using Peer second = await Peer.Connect(other);
        Assert.True(await first.IsServed());
        Assert.True(await second.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.True(await Peer.IsRefused(other));

        Assert.Equal(1, server.Listener.Statistics.Refused[RefusalReason.ServerMaxConnections]);
        Assert.Equal(1, other.Statistics.Refused[RefusalReason.ServerMaxConnections]);
        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);
        using Peer fifth = await Peer.Connect(other);
        Assert.True(await fifth.IsServed());
    }

    [Fact]
    public async Task RunAsync_ends_when_somebody_stops_the_server()
    {
        OneListener server = await Transport.Open(OneListener.Echo);
        Task running = server.Server.RunAsync();

        Assert.False(running.IsCompleted);
        await server.Server.StopAsync().WaitAsync(Eventually.Guard);

        await running.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task RunAsync_of_a_stopped_server_ends_at_once()
    {
        OneListener server = await Transport.Open(OneListener.Echo);
        await server.DisposeAsync();

        await server.Server.RunAsync().WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task A_stopped_server_has_no_listener_no_connection_and_no_loop()
    {
        var loops = new List<DotNetty.Transport.Channels.IEventLoop>();
        OneListener server = await Transport.OpenPipeline(pipeline =>
        {
            lock (loops)
            {
                loops.Add(pipeline.Channel.EventLoop);
            }

            pipeline.AddLast(new EchoHandler());
        });
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        await server.DisposeAsync();

        await peer.EndsInOrder();
        Assert.Empty(server.Server.Listeners);
        Assert.Equal((ListenerState.Closed, 0), (server.Listener.State, server.Listener.ConnectionCount));
        Assert.True(server.Listener.Completion.IsCompletedSuccessfully);
        Assert.True(server.Server.Completion.IsCompletedSuccessfully);
        Assert.All(loops, loop => Assert.True(loop.IsTerminated));
        Assert.Equal("Stopped 1", server.Endings(1));
    }

    [Fact]
    public async Task A_stopped_server_opens_nothing()
    {
        var server = new SocketServer(new SocketServerOptions { Transport = Transport });
        await server.DisposeAsync();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Open(server, "late"));
    }

    [Fact]
    public async Task A_listener_that_opens_while_the_server_stops_is_closed()
    {
        var server = new SocketServer(new SocketServerOptions { Loops = 1, Transport = Transport });

        Task<Listener> opening = Open(server, "late");
        await server.DisposeAsync().AsTask().WaitAsync(Eventually.Guard);

        Exception? thrown = await Record.ExceptionAsync(() => opening.WaitAsync(Eventually.Guard));
        Assert.True(thrown is ObjectDisposedException || (await opening).State == ListenerState.Closed, $"{thrown}");
        Assert.Empty(server.Listeners);
    }

    private static Task<Listener> Open(SocketServer server, string name) => server.OpenAsync(new ListenerOptions(name, "tcp://127.0.0.1:0"), OneListener.Echo);

    public sealed class OnEpoll : SocketServerTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SocketServerTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
