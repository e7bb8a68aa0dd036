using System.Net;
using System.Security.Authentication;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public abstract class ConnectionTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_listener_tells_its_connections_with_their_addresses()
    {
        await using OneListener server = await Open();
        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Assert.True(await first.IsServed() && await second.IsServed());

        Connection[] connections = [.. server.Listener.Connections];

        Assert.Equal(
            new[] { first, second }.Select(peer => peer.LocalAddress.ToString()).Order(),
            connections.Select(connection => connection.PeerAddress!.ToString()!).Order());
        Assert.All(connections, connection => Assert.Equal(server.Listener.Address.EndPoint, connection.LocalAddress));
        Assert.All(connections, connection => Assert.True(connection is { IsAdmitted: true, CloseReason: null, Tls: null } && connection.Age > TimeSpan.Zero));
    }

    // It was accepted and nobody's: the sum of the closed was one short for ever.
    [Fact]
    public async Task One_that_is_killed_before_it_is_given_to_a_loop_is_counted_as_closed()
    {
        await using OneListener server = await Open();

        // Judged where the connection is accepted, before anything else becomes of it.
        Task killed = server.Listener.WaitForConnectionsAsync(count =>
        {
            foreach (Connection connection in server.Listener.Connections)
            {
                connection.Reset();
            }

            return count > 0;
        });
        Assert.True(await Peer.IsRefused(server.Listener));
        await killed.WaitAsync(Eventually.Guard);

        Eventually.Equal((1L, 0L, 1L), () => (server.Listener.Statistics.Accepted, server.Listener.Statistics.Current, server.Listener.Statistics.Closed.GetValueOrDefault(CloseReason.Kicked)));
        using Peer next = await server.Connect();
        Assert.True(await next.IsServed());
    }

    [Fact]
    public async Task The_peers_address_is_known_when_the_peer_is_already_gone()
    {
        var served = new TaskCompletionSource<EndPoint?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new ManualResetEventSlim();
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => served.TrySetResult(Connection.Of(pipeline.Channel).PeerAddress),
            server: new SocketServerOptions { Transport = Transport });
        server.Listener.ServerChannel.EventLoop.Execute(() => gone.Wait(Eventually.Guard));
        Peer peer = await server.Connect();
        EndPoint address = peer.LocalAddress;

        peer.Reset();
        gone.Set();

        Assert.Equal(address, await served.Task.WaitAsync(Eventually.Guard));
    }

    [Fact]
    public async Task The_counters_are_those_of_getstat()
    {
        await using OneListener server = await Open(options => options.Packet = PacketType.One);
        using Peer peer = await server.Connect();

        await peer.Send(1, 7, 3, 1, 2, 3);
        await peer.Receive(6);

        Connection connection = server.Listener.Connections.Single();
        Eventually.Equal(6, () => connection.Statistics.SentOctets);
        ConnectionStatistics statistics = connection.Statistics;
        Assert.Equal((6, 6, 0), (statistics.ReceivedOctets, statistics.SentOctets, statistics.SendPending));
        Assert.Equal(new MessageCounts(2, 4, 3, 2, 1), statistics.Received);
        Assert.Equal(new MessageCounts(2, 4, 3, 2, 1), statistics.Sent);
    }

    [Fact]
    public async Task A_stream_without_packets_counts_reads_and_writes()
    {
        await using OneListener server = await Open();
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        ConnectionStatistics statistics = server.Listener.Connections.Single().Statistics;

        Assert.Equal((1, 1), (statistics.Received.Count, statistics.Sent.Count));
    }

    [Fact]
    public async Task A_listener_counts_the_living_and_the_ended()
    {
        await using OneListener server = await Open(options => options.Packet = PacketType.One);
        using Peer living = await server.Connect();
        Peer ended = await server.Connect();
        foreach (Peer peer in new[] { living, ended })
        {
            await peer.Send(1, 7);
            await peer.Receive(2);
        }

        ended.Dispose();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);

        ListenerStatistics statistics = server.Listener.Statistics;
        Assert.Equal((4, 4, 2, 2), (statistics.BytesReceived, statistics.BytesSent, statistics.MessagesReceived, statistics.MessagesSent));
    }

    [Fact]
    public async Task One_is_closed_by_predicate_with_a_reason()
    {
        await using OneListener server = await Open();
        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Assert.True(await first.IsServed() && await second.IsServed());

        Task<int> closing = server.Listener.CloseConnectionsAsync(connection => connection.PeerAddress!.Equals(first.LocalAddress));

        Assert.True(await first.EndsInOrder());
        first.Dispose();
        Assert.Equal(1, await closing.WaitAsync(Eventually.Guard));
        Assert.Equal("Kicked 1", server.Endings(1));
        Assert.True(await second.IsServed());
    }

    [Fact]
    public async Task Its_facts_of_TLS_are_told()
    {
        await using OneListener server = await Open(options =>
        {
            OneListener.Tls(options);
            options.Tls.Alpn.Add("echo");
        });
        using Peer peer = await Peer.ConnectTls(server.Listener, tls =>
        {
            tls.ApplicationProtocols = [new("echo")];
            tls.EnabledSslProtocols = SslProtocols.Tls13;
        });
        Assert.True(await peer.IsServed());

        TlsFacts facts = server.Listener.Connections.Single().Tls!;

        Assert.Equal((SslProtocols.Tls13, "echo", "localhost", null), (facts.Protocol, facts.ApplicationProtocol, facts.ServerName, facts.ClientSubject));
        Assert.Equal(peer.Tls.NegotiatedCipherSuite, facts.CipherSuite);
    }

    [Fact]
    public async Task The_idle_time_of_one_changes_while_it_lives()
    {
        await using OneListener server = await Open();
        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Assert.True(await first.IsServed() && await second.IsServed());
        Connection connection = server.Listener.Connections.Single(connection => connection.PeerAddress!.Equals(first.LocalAddress));
        Assert.Equal(TimeSpan.FromSeconds(120), connection.IdleTimeout);

        connection.IdleTimeout = TimeSpan.FromMilliseconds(1);

        Assert.True(await first.EndsInOrder());
        Assert.Equal("Idle 1", server.Endings(1));
        Assert.True(await second.IsServed());
    }

    [Fact]
    public async Task The_time_for_a_frame_that_was_begun_changes_while_it_lives()
    {
        await using OneListener server = await Open(options => options.Packet = PacketType.Two);
        using Peer peer = await server.Connect();
        await peer.Send(0, 1, 7, 0);
        await peer.Receive(3);
        Connection connection = server.Listener.Connections.Single();
        Assert.Equal(TimeSpan.FromSeconds(10), connection.FrameTimeout);

        connection.FrameTimeout = TimeSpan.FromMilliseconds(1);

        Assert.True(await peer.EndsInOrder());
        Assert.Equal("FrameTimeout 1", server.Endings(1));
    }

    [Fact]
    public async Task The_time_for_sending_what_waits_changes_while_it_lives()
    {
        await using OneListener server = await OneListener.Open(
            async (session, closed) => await session.SendAsync(new byte[16_000_000], closed),
            server: new SocketServerOptions { Transport = Transport });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        Eventually.Equal(1, () => server.Listener.ConnectionCount);
        Connection connection = server.Listener.Connections.Single();
        Eventually.Equal(true, () => connection.Statistics.SendPending > 0);
        Assert.Equal(TimeSpan.FromSeconds(30), connection.SendTimeout);

        connection.SendTimeout = TimeSpan.FromMilliseconds(1);

        Assert.False(await peer.EndsInOrder());
        Assert.Equal("SendTimeout 1", server.Endings(1));
    }

    [Fact]
    public async Task A_timeout_of_zero_is_refused()
    {
        await using OneListener server = await Open();
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
        Connection connection = server.Listener.Connections.Single();

        Assert.Throws<ArgumentOutOfRangeException>(() => connection.IdleTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => connection.SendTimeout = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => connection.FrameTimeout = TimeSpan.Zero);
    }

    [Fact]
    public async Task One_that_is_excluded_from_the_count_lets_another_in()
    {
        await using OneListener server = await Open(options => options.Limits.MaxConnections = 1);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));

        Assert.True(server.Listener.Connections.Single().ExcludeFromCount());

        using Peer second = await server.Connect();
        Assert.True(await second.IsServed() && await first.IsServed());
        Assert.Equal(2, server.Listener.ConnectionCount);
        first.Dispose();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.False(server.Listener.Connections.Single().ExcludeFromCount() && server.Listener.Connections.Single().ExcludeFromCount());
    }

    [Fact]
    public async Task One_that_is_excluded_from_the_count_counts_for_neither_limit()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { Transport = Transport, MaxConnections = 1 });
        Listener other = await server.Server.OpenAsync(new ListenerOptions("other", "tcp://127.0.0.1:0"), OneListener.Echo);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(other));

        Assert.True(server.Listener.Connections.Single().ExcludeFromCount());

        Assert.Equal((0, 0), (server.Listener.Limit.Count, server.Server.Parts.Limit.Count));
        using Peer second = await Peer.Connect(other);
        Assert.True(await second.IsServed() && await first.IsServed());
        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);

        // What was given back once is not given back by its end.
        Assert.Equal((0, 1, 1), (server.Listener.Limit.Count, other.Limit.Count, server.Server.Parts.Limit.Count));
        Assert.True(await Peer.IsRefused(server.Listener));
    }

    private Task<OneListener> Open(Action<ListenerOptions>? configure = null) =>
        OneListener.Open(OneListener.Echo, configure, new SocketServerOptions { Transport = Transport });

    public sealed class OverEpoll : ConnectionTests
    {
        protected override SocketTransport Transport => SocketTransport.Automatic;
    }

    public sealed class OverSockets : ConnectionTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
