using System.Net.Sockets;
using EsockdNetty.Draining;
using EsockdNetty.Tests.Draining;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

public abstract class SuspendTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_suspended_listener_is_not_there_and_its_connections_live_on()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(ListenerState.Suspended, server.Listener.State);
        SocketException refused = await Assert.ThrowsAsync<SocketException>(server.Connect);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.True(await peer.IsServed());
        Assert.False(server.Listener.Completion.IsCompleted);
    }

    [Fact]
    public async Task Resumed_it_listens_at_the_same_port()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        ListenAddress address = server.Listener.Address;
        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        await server.Listener.ResumeAsync().WaitAsync(Eventually.Guard);

        Assert.Equal((ListenerState.Running, address), (server.Listener.State, server.Listener.Address));
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Twice_is_as_good_as_once()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        await Task.WhenAll(server.Listener.SuspendAsync(), server.Listener.SuspendAsync()).WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Suspended, server.Listener.State);
        await Task.WhenAll(server.Listener.ResumeAsync(), server.Listener.ResumeAsync()).WaitAsync(Eventually.Guard);

        Assert.Equal(ListenerState.Running, server.Listener.State);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task When_the_port_was_taken_meanwhile_it_stays_suspended()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);
        using (var thief = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            thief.Bind(server.Listener.Address.EndPoint);
            thief.Listen();

            await Assert.ThrowsAsync<BindException>(() => server.Listener.ResumeAsync().WaitAsync(Eventually.Guard));
            Assert.Equal(ListenerState.Suspended, server.Listener.State);
        }

        await server.Listener.ResumeAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Running, server.Listener.State);
    }

    [Fact]
    public async Task A_suspended_listener_drains_its_connections()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(TimeSpan.FromMinutes(5));

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Closed, server.Listener.State);
    }

    [Fact]
    public async Task A_closed_listener_is_neither_suspended_nor_resumed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        await Assert.ThrowsAsync<InvalidOperationException>(server.Listener.SuspendAsync);
        await Assert.ThrowsAsync<InvalidOperationException>(server.Listener.ResumeAsync);
    }

    [Fact]
    public async Task Reopened_it_serves_at_the_same_port_with_the_options_in_effect()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        server.Listener.Update(options => options.Limits.MaxConnections = 1);
        using Peer old = await server.Connect();
        Assert.True(await old.IsServed());
        Task firstLife = server.Listener.Completion;

        await server.Listener.ReopenAsync().WaitAsync(Eventually.Guard);

        Assert.True(await old.EndsInOrder());
        Assert.True(firstLife.IsCompletedSuccessfully);
        Assert.False(server.Listener.Completion.IsCompleted);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.Equal(2, server.Listener.Statistics.Accepted);
    }

    [Fact]
    public async Task A_closed_listener_can_be_reopened_until_it_is_removed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);
        await server.Listener.ReopenAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Running, server.Listener.State);

        Assert.True(await server.Server.RemoveAsync("test").WaitAsync(Eventually.Guard));

        await Assert.ThrowsAsync<ObjectDisposedException>(server.Listener.ReopenAsync);
        Assert.Equal(ListenerState.Closed, server.Listener.State);
    }

    [Fact]
    public async Task Reopened_by_two_at_once_it_is_opened_once()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        await Task.WhenAll(server.Listener.ReopenAsync(), server.Listener.ReopenAsync()).WaitAsync(Eventually.Guard);

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_stopped_servers_listener_cannot_be_reopened()
    {
        OneListener server = await Transport.Open(OneListener.Echo);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(server.Listener.ReopenAsync);
    }

    [Fact]
    public async Task Whoever_waits_for_connections_is_told_when_they_come_and_go()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Task two = server.Listener.WaitForConnectionsAsync(count => count >= 2);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.False(two.IsCompleted);

        using (Peer second = await server.Connect())
        {
            await two.WaitAsync(Eventually.Guard);
        }

        await server.Listener.WaitForConnectionsAsync(count => count == 1).WaitAsync(Eventually.Guard);
        using var never = new CancellationTokenSource();
        Task cancelled = server.Listener.WaitForConnectionsAsync(count => count > 99, never.Token);
        await never.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Eventually.Guard));
    }

    [Fact]
    public async Task A_condition_that_fails_is_its_callers_fault_alone()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Task bad = server.Listener.WaitForConnectionsAsync(count => count == 0 ? false : throw new InvalidTimeZoneException());

        using Peer peer = await server.Connect();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => bad.WaitAsync(Eventually.Guard));
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_drain_tells_how_far_it_is()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.Connect()));
        foreach (Peer peer in peers)
        {
            Assert.True(await peer.IsServed());
        }

        var progress = new ListedProgress();
        Task draining = server.Listener.DrainAsync(new DrainOptions { Timeout = TimeSpan.FromMinutes(5), Spread = TimeSpan.Zero, Progress = progress });
        Assert.All(await Task.WhenAll(peers.Select(peer => peer.EndsInOrder())), Assert.True);
        await draining.WaitAsync(Eventually.Guard);

        Assert.Equal((5, 5), (progress.Told[0].AtStart, progress.Told[0].Remaining));
        Assert.Equal(0, progress.Told[^1].Remaining);
        Assert.Equal(progress.Told.Select(told => told.Remaining).Distinct(), progress.Told.Select(told => told.Remaining));
        Array.ForEach(peers, peer => peer.Dispose());
    }

    public sealed class OnEpoll : SuspendTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SuspendTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
