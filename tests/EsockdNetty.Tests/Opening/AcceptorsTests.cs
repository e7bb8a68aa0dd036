using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>Several listening sockets that share one port, each on a loop of its own.</summary>
public abstract partial class AcceptorsTests
{
    private const int Acceptors = 4;
    private const int Clients = 1000;

    private readonly ConcurrentBag<IEventLoop> _loops = [];
    private readonly ConcurrentBag<bool> _stayed = [];

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_thousand_connections_are_served_on_all_loops_and_each_counts_once()
    {
        await using OneListener server = await Open();

        int[] served = await Task.WhenAll(Enumerable.Range(0, Acceptors).Select(_ => Task.Run(() => ServeOneAfterTheOther(server.Listener, Clients / Acceptors))));

        Assert.Equal(Clients, served.Sum());
        Assert.Equal(Acceptors, _loops.Distinct().Count());
        Assert.Equal(Clients, server.Listener.Statistics.Accepted);
        Eventually.Equal((0, 0), () => (server.Listener.ConnectionCount, server.Listener.Limit.Count));
        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task What_an_acceptor_accepts_stays_on_its_loop()
    {
        await using OneListener server = await Open();

        Assert.Equal(50, await ServeOneAfterTheOther(server.Listener, 50));

        Assert.True(_stayed.Count == 50 && _stayed.All(static stayed => stayed));
    }

    [Fact]
    public async Task The_connection_limit_is_exact_over_all_acceptors()
    {
        await using OneListener server = await Open(options => options.Limits.MaxConnections = 50);
        SocketClient[] clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => SocketClient.Connect(server.Listener.Address.EndPoint))));

        bool[] served = await Task.WhenAll(clients.Select(static client => client.IsServed()));

        Assert.Equal(50, served.Count(static served => served));
        Eventually.Equal((50L, 150L), () => (server.Listener.Statistics.Accepted, server.Listener.Statistics.Refused.Values.Sum()));
        Assert.Equal(50, server.Listener.Limit.Count);
        Array.ForEach(clients, static client => client.Dispose());
        Eventually.Equal(0, () => server.Listener.Limit.Count);
    }

    [Fact]
    public async Task All_share_the_port_that_the_system_chose()
    {
        await using OneListener server = await Open();

        Assert.Equal(Acceptors, server.Listener.ServerChannels.Count);
        Assert.Equal(server.Listener.Address.EndPoint, Assert.Single(server.Listener.ServerChannels.Select(static channel => channel.LocalAddress).Distinct()));
        Assert.Equal(Acceptors, server.Listener.ServerChannels.Select(static channel => channel.EventLoop).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_in_use_is_an_error_whether_its_owner_shares_it_or_not(bool shares)
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (shares)
        {
            Share(holder);
        }

        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        string address = $"tcp://{holder.LocalEndPoint}";

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(options => options.Address = address));
        holder.Dispose();

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        await using OneListener server = await Open(options => options.Address = address);
        Assert.Equal(address, server.Listener.Address.ToString());
    }

    [Fact]
    public async Task A_port_of_our_own_is_in_use_too()
    {
        await using OneListener first = await Open();

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(options => options.Address = first.Listener.Address.ToString()));

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        Assert.Equal(10, await ServeOneAfterTheOther(first.Listener, 10));
    }

    [Fact]
    public async Task A_port_that_was_used_a_moment_ago_is_opened_again()
    {
        string address;
        await using (OneListener before = await Open())
        {
            address = before.Listener.Address.ToString();
            Assert.Equal(10, await ServeOneAfterTheOther(before.Listener, 10));
        }

        await using OneListener after = await Open(options => options.Address = address);

        Assert.Equal(10, await ServeOneAfterTheOther(after.Listener, 10));
    }

    [Fact]
    public async Task One_that_is_lost_is_bound_again_beside_the_others()
    {
        await using OneListener server = await Open();
        IReadOnlyList<IChannel> before = server.Listener.ServerChannels;
        using Peer living = await server.Connect();
        Assert.True(await living.IsServed());

        Lose(before[1]);
        Eventually.Equal(1, () => server.Listener.Statistics.Rebinds);

        IReadOnlyList<IChannel> after = server.Listener.ServerChannels;
        Assert.Equal([true, false, true, true], after.Select((channel, acceptor) => channel == before[acceptor]));
        Assert.Same(before[1].EventLoop, after[1].EventLoop);
        _loops.Clear();
        Assert.Equal(200, await ServeOneAfterTheOther(server.Listener, 200));
        Assert.Equal(Acceptors, _loops.Distinct().Count());
        Assert.True(await living.IsServed());
    }

    [Fact]
    public async Task All_that_are_lost_are_bound_again()
    {
        await using OneListener server = await Open();

        foreach (IChannel channel in server.Listener.ServerChannels)
        {
            Lose(channel);
        }

        Eventually.Equal(Acceptors, () => (int)server.Listener.Statistics.Rebinds);
        Assert.Equal(200, await ServeOneAfterTheOther(server.Listener, 200));
        Assert.Equal(Acceptors, _loops.Distinct().Count());
        Assert.Equal(ListenerState.Running, server.Listener.State);
    }

    [Fact]
    public async Task Listeners_with_fewer_acceptors_than_loops_do_not_all_begin_at_the_same_one()
    {
        await using OneListener server = await Open(static options => options.Acceptors = 2);

        Listener second = await server.Server.OpenAsync(new ListenerOptions("second", "tcp://127.0.0.1:0") { Acceptors = 2 }, Echo);

        Assert.NotSame(server.Listener.ServerChannel.EventLoop, second.ServerChannel.EventLoop);
    }

    [Fact]
    public async Task A_change_of_the_options_reaches_every_acceptor()
    {
        await using OneListener server = await Open();
        int told = 0;
        foreach (IChannel channel in server.Listener.ServerChannels)
        {
            channel.Pipeline.AddLast(new UpdateWatch(() => Interlocked.Increment(ref told)));
        }

        server.Listener.Update(static options => options.Limits.MaxConnections = 10);

        Eventually.Equal(Acceptors, () => Volatile.Read(ref told));
    }

    [Fact]
    public async Task A_close_while_clients_connect_ends_each_that_was_accepted()
    {
        await using OneListener server = await Open();
        Task[] clients = [.. Enumerable.Range(0, Acceptors).Select(_ => Task.Run(() => ConnectUntilRefused(server.Listener)))];
        Eventually.Equal(true, () => server.Listener.Statistics.Accepted > 100);

        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);
        await Task.WhenAll(clients).WaitAsync(Eventually.Guard);

        ListenerStatistics statistics = server.Listener.Statistics;
        Assert.Equal(statistics.Accepted, statistics.Closed.Values.Sum());
        Assert.Empty(statistics.Refused);
        Assert.Equal((0, 0), (server.Listener.ConnectionCount, server.Listener.Limit.Count));
    }

    [Fact]
    public async Task A_close_takes_and_serves_what_every_backlog_still_holds()
    {
        await using OneListener server = await Open();
        foreach (IChannel channel in server.Listener.ServerChannels)
        {
            channel.Configuration.AutoRead = false;
        }

        SocketClient[] clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SocketClient.Connect(server.Listener.Address.EndPoint)));
        Task<bool>[] served = [.. clients.Select(static client => client.IsServed())];
        Task drained = server.Listener.DrainAsync(Eventually.Guard);

        Assert.All(await Task.WhenAll(served), Assert.True);
        Array.ForEach(clients, static client => client.Dispose());
        await drained.WaitAsync(Eventually.Guard);
        Assert.Equal(100, server.Listener.Statistics.Accepted);
    }

    [Fact]
    public async Task More_acceptors_than_loops_is_a_fault()
    {
        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => Open(options => options.Acceptors = Acceptors + 1));

        OptionFault fault = Assert.Single(thrown.Faults);
        Assert.Equal("Listeners:test:Acceptors", fault.Option);
        Assert.Contains("use 4 or less", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_tells_how_many_accept()
    {
        var log = new LogLines();
        await using OneListener server = await Open(log: log);

        Assert.Contains(", acceptors 4,", Assert.Single(log.All).Text, StringComparison.Ordinal);
    }

    private static async Task<int> ServeOneAfterTheOther(Listener listener, int clients)
    {
        int served = 0;
        for (int i = 0; i < clients; i++)
        {
            served += await SocketClient.IsServed(listener.Address.EndPoint) ? 1 : 0;
        }

        return served;
    }

    private static async Task ConnectUntilRefused(Listener listener)
    {
        try
        {
            while (true)
            {
                // An end instead of an answer: it was closed with the listener.
                await SocketClient.IsServed(listener.Address.EndPoint);
            }
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
        }
    }

    // What accept(2) says from now on is EINVAL. Not by a Socket: its disposal would touch the number again, which may be somebody else's by then.
    private static void Lose(IChannel channel) => Assert.Equal(0, Shutdown(((IDescriptorChannel)channel).Descriptor, 2));

    private static void Share(Socket socket) => socket.SetRawSocketOption(1, 15, BitConverter.GetBytes(1));

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(int socket, int how);

    private Task<OneListener> Open(Action<ListenerOptions>? configure = null, LogLines? log = null)
    {
        var server = new SocketServerOptions { Loops = Acceptors, Transport = Transport };
        server.LoggerFactory = log ?? server.LoggerFactory;
        return OneListener.Open(Echo, configure: options => Configure(options, configure), server);
    }

    private static void Configure(ListenerOptions options, Action<ListenerOptions>? configure)
    {
        options.Acceptors = Acceptors;
        configure?.Invoke(options);
    }

    private Task Echo(Session session, CancellationToken closed)
    {
        _loops.Add(session.Channel.EventLoop);
        _stayed.Add(session.Channel.EventLoop == session.Channel.Parent.EventLoop);
        return OneListener.Echo(session, closed);
    }

    private sealed class UpdateWatch(Action onUpdate) : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            if (evt is ListenerUpdated)
            {
                onUpdate();
            }
        }
    }

    public sealed class OnEpoll : AcceptorsTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : AcceptorsTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;

        [Fact]
        public async Task Waiting_over_the_limit_takes_one_acceptor()
        {
            ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => Open(options => options.Limits.OverLimit = OverLimit.Wait));

            Assert.Contains("Epoll", Assert.Single(thrown.Faults).Remedy, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Waiting_over_the_limit_takes_one_acceptor_when_it_is_asked_for_later_too()
        {
            await using OneListener server = await Open();

            ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() =>
                server.Listener.Update(static options => options.Limits.OverLimit = OverLimit.Wait));

            Assert.Equal("Listeners:test:Limits:OverLimit", Assert.Single(thrown.Faults).Option);
        }
    }
}
