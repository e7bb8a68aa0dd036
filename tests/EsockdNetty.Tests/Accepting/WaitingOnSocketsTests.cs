using System.Net.Sockets;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Interop;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

/// <summary>Clients that wait in the backlog for a permit, on real sockets.</summary>
public abstract class WaitingOnSocketsTests
{
    private int _live;
    private int _most;

    protected abstract SocketTransport Transport { get; }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task All_are_served_in_the_end_none_is_refused_and_never_are_there_too_many(int limit)
    {
        await using OneListener server = await Open(limit);

        bool[] served = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => SocketClient.IsServed(server.Listener.Address.EndPoint))));

        Assert.All(served, Assert.True);
        Assert.InRange(_most, 1, limit);
        Assert.Empty(server.Listener.Statistics.Refused);
        Assert.Equal(40, server.Listener.Statistics.Accepted);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(0, server.Listener.Limit.Count);
    }

    [Fact]
    public async Task A_rush_is_accepted_at_once_when_there_is_room_for_it()
    {
        await using OneListener server = await Open(100);

        bool[] served = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => SocketClient.IsServed(server.Listener.Address.EndPoint))));

        Assert.All(served, Assert.True);
        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task Both_limits_are_kept_when_both_are_waited_for()
    {
        await using OneListener server = await Open(2, serverLimit: 3);
        Listener other = await server.Server.OpenAsync(OptionsOf("other", 2), Serve);

        bool[] served = await Task.WhenAll(Enumerable.Range(0, 40).Select(client =>
            Task.Run(() => SocketClient.IsServed((client % 2 == 0 ? server.Listener : other).Address.EndPoint))));

        Assert.All(served, Assert.True);
        Assert.InRange(_most, 1, 3);
        Assert.Empty(server.Listener.Statistics.Refused);
        Assert.Empty(other.Statistics.Refused);
    }

    [Fact]
    public async Task A_listener_is_seen_to_wait_until_there_is_a_permit()
    {
        await using OneListener server = await Open(1);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        using Peer second = await server.Connect();
        Eventually.Equal((true, true), () => (server.Listener.IsWaiting, server.Listener.Statistics.IsWaiting));
        Assert.Equal(ListenerState.Running, server.Listener.State);
        Assert.EndsWith(", waiting", server.Listener.Statistics.ToString(), StringComparison.Ordinal);

        server.Listener.Update(options => options.Limits.MaxConnections = 3);
        Assert.True(await second.IsServed());
        Eventually.Equal((false, false), () => (server.Listener.IsWaiting, server.Listener.Statistics.IsWaiting));
    }

    // A warning of the wait asks for it.
    [Fact]
    public async Task Whether_somebody_knocks_is_known_while_it_waits()
    {
        await using OneListener server = await OneListener.Open(
            Serve,
            static options =>
            {
                options.Limits.Rate = new ConnectionRate(1, TimeSpan.FromDays(1));
                options.Limits.OverLimit = OverLimit.Wait;
            },
            new SocketServerOptions { Transport = Transport });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Eventually.Equal(true, () => server.Listener.IsWaiting);

        bool? before = DescriptorState.HasInput(server.Listener.ServerChannel);
        using Peer second = await server.Connect();

        Assert.False(before);
        Eventually.Equal(true, () => DescriptorState.HasInput(server.Listener.ServerChannel));
    }

    [Fact]
    public async Task A_listener_that_refuses_from_now_on_waits_no_more()
    {
        await using OneListener server = await Open(1);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();
        Eventually.Equal(true, () => server.Listener.IsWaiting);

        server.Listener.Update(static options => options.Limits.OverLimit = OverLimit.Refuse);

        Eventually.Equal(false, () => server.Listener.IsWaiting);
    }

    [Fact]
    public async Task A_listener_that_cannot_accept_is_seen_to_pause()
    {
        await using OneListener server = await Open(10);
        Assert.False(server.Listener.IsPaused);

        // Pauses grow from one to the next, up to a second: sooner or later one is seen.
        Eventually.Equal((true, true), () =>
        {
            server.Listener.ServerChannel.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets));
            return (server.Listener.IsPaused, server.Listener.Statistics.IsPaused);
        });

        Assert.Equal(ListenerState.Running, server.Listener.State);
        Eventually.Equal(false, () => server.Listener.IsPaused);
        Assert.True(await SocketClient.IsServed(server.Listener.Address.EndPoint));
    }

    [Fact]
    public async Task A_listener_that_is_suspended_while_it_waits_waits_no_more()
    {
        await using OneListener server = await Open(1);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();
        Eventually.Equal(true, () => server.Listener.IsWaiting);

        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        Eventually.Equal(false, () => server.Listener.IsWaiting);
    }

    private Task<OneListener> Open(int limit, int? serverLimit = null, int acceptors = 1) => OneListener.Open(
        Serve,
        options =>
        {
            options.Acceptors = acceptors;
            options.Limits.MaxConnections = limit;
            options.Limits.OverLimit = OverLimit.Wait;
        },
        new SocketServerOptions { Loops = 4, Transport = Transport, MaxConnections = serverLimit });

    private static ListenerOptions OptionsOf(string name, int limit) =>
        new(name, "tcp://127.0.0.1:0") { Limits = { MaxConnections = limit, OverLimit = OverLimit.Wait } };

    private async Task Serve(Session session, CancellationToken closed)
    {
        int live = Interlocked.Increment(ref _live);
        for (int seen = _most; live > seen; seen = _most)
        {
            Interlocked.CompareExchange(ref _most, live, seen);
        }

        try
        {
            await OneListener.Echo(session, closed);
        }
        finally
        {
            Interlocked.Decrement(ref _live);
        }
    }

    public sealed class OnEpoll : WaitingOnSocketsTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;

        [Theory]
        [InlineData(1)]
        [InlineData(3)]
        public async Task A_permit_goes_to_the_acceptor_at_which_somebody_waits(int limit)
        {
            await using OneListener server = await Open(limit, acceptors: 4);

            bool[] served = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => SocketClient.IsServed(server.Listener.Address.EndPoint))));

            Assert.All(served, Assert.True);
            Assert.InRange(_most, 1, limit);
            Assert.Empty(server.Listener.Statistics.Refused);
        }

        [Fact]
        public async Task A_listener_at_which_nobody_waits_holds_no_permit()
        {
            await using OneListener server = await Open(10, serverLimit: 1);
            Listener other = await server.Server.OpenAsync(OptionsOf("other", 10), Serve);

            Assert.True(await SocketClient.IsServed(other.Address.EndPoint));
            Assert.True(await SocketClient.IsServed(server.Listener.Address.EndPoint));
            Eventually.Equal((0, 0), () => (server.Listener.Limit.Count, other.Limit.Count));
        }
    }

    public sealed class OnSockets : WaitingOnSocketsTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
