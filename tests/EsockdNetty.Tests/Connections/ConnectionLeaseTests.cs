using System.Net;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public sealed class ConnectionLeaseTests
{
    private readonly EmbeddedChannel _channel = new();

    [Fact]
    public void A_connection_has_one_lease()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);

        Assert.Same(lease, ConnectionLease.Of(_channel));
        Assert.Same(_channel, lease.Channel);
    }

    // A second lease, made by somebody who counted the living at that moment, took the reason with it.
    [Fact]
    public async Task Whoever_asks_while_the_connection_closes_finds_the_same_lease()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);
        var seen = new SeenLease();
        lease.Add(seen);

        await _channel.CloseAsync();

        Assert.Same(lease, seen.Lease);
        Assert.Same(lease, ConnectionLease.Of(_channel));
    }

    [Fact]
    public async Task Gives_every_permit_back_once_when_the_connection_is_closed()
    {
        Permits[] permits = [new(), new(), new()];
        Array.ForEach(permits, permit => ConnectionLease.Of(_channel).Add(permit));

        await _channel.CloseAsync();
        _channel.Unsafe.CloseForcibly();

        Assert.All(permits, permit => Assert.Equal(1, permit.Returned));
    }

    [Fact]
    public void Gives_permits_back_of_a_connection_that_was_never_registered()
    {
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, register: false);
        var permit = new Permits();
        ConnectionLease.Of(channel).Add(permit);

        channel.Unsafe.CloseForcibly();

        Assert.Equal(1, permit.Returned);
    }

    [Fact]
    public async Task Gives_a_permit_back_at_once_that_comes_after_the_close()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);
        var permit = new Permits();
        await _channel.CloseAsync();

        Assert.False(lease.Add(permit));
        Assert.Equal(1, permit.Returned);
    }

    [Fact]
    public async Task A_lease_made_after_the_close_gives_back_at_once()
    {
        var permit = new Permits();
        await _channel.CloseAsync();

        Assert.False(ConnectionLease.Of(_channel).Add(permit));
        Assert.Equal(1, permit.Returned);
    }

    [Fact]
    public void Holds_eight_things_and_no_more()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);
        var ninth = new Permits();
        var client = new ClientPermits();
        for (int i = 0; i < 8; i++)
        {
            lease.Add(new Permits());
        }

        Assert.Throws<InvalidOperationException>(() => lease.Add(ninth));
        Assert.Throws<InvalidOperationException>(() => lease.Add(client));
        Assert.Equal(1, ninth.Returned);
        Assert.Single(client.Returned);
    }

    [Fact]
    public async Task Gives_a_clients_permit_back_in_the_clients_name()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);
        var permits = new ClientPermits();
        var client = ClientAddress.Of(IPAddress.Parse("192.0.2.7"));

        lease.Client = client;
        lease.Add(permits);
        await _channel.CloseAsync();

        Assert.Equal([client], permits.Returned);
    }

    [Fact]
    public void The_client_is_the_peer_unless_somebody_says_who_it_is()
    {
        var said = ClientAddress.Of(IPAddress.Parse("203.0.113.1"));
        ConnectionLease peer = ConnectionLease.Of(new ChildChannel());
        ConnectionLease proxied = ConnectionLease.Of(new ChildChannel());
        ConnectionLease nobody = ConnectionLease.Of(new ChildChannel());

        proxied.Client = said;
        nobody.Client = default;

        Assert.Equal("192.0.2.7", peer.Client.ToString());
        Assert.Equal(said, proxied.Client);
        Assert.Equal(default, nobody.Client);
    }

    [Fact]
    public void The_first_reason_stays()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);

        bool[] set = [lease.TrySetCloseReason(CloseReason.PeerClosed), lease.TrySetCloseReason(CloseReason.Idle)];

        Assert.Equal([true, false], set);
        Assert.Equal(CloseReason.PeerClosed, lease.CloseReason);
    }

    [Fact]
    public void Has_no_reason_before_somebody_says_one() => Assert.Null(ConnectionLease.Of(_channel).CloseReason);

    [Fact]
    public async Task A_handler_learns_the_reason_when_the_connection_has_become_inactive()
    {
        var asker = new ReasonAsker();
        _channel.Pipeline.AddLast(asker);

        await _channel.CloseBecause(CloseReason.Drained);

        Assert.Equal(CloseReason.Drained, asker.Reason);
    }

    [Fact]
    public void Reset_because_gives_the_reason_and_closes_at_once()
    {
        ConnectionLease lease = ConnectionLease.Of(_channel);

        _channel.ResetBecause(CloseReason.Stopped);

        Assert.False(_channel.Open);
        Assert.Equal(CloseReason.Stopped, lease.CloseReason);
    }

    [Fact]
    public void Refuses_a_channel_that_somebody_else_listens_to()
    {
        _channel.CloseListener = new Listener();

        Assert.Throws<InvalidOperationException>(() => ConnectionLease.Of(_channel));
    }

    [Fact]
    public void Gives_back_once_what_is_added_while_the_connection_closes()
    {
        for (int i = 0; i < 2000; i++)
        {
            var channel = new EmbeddedChannel();
            ConnectionLease lease = ConnectionLease.Of(channel);
            var permit = new Permits();

            Parallel.Invoke(() => lease.Add(permit), () => channel.Unsafe.CloseForcibly());

            Assert.Equal(1, permit.Returned);
        }
    }

    private sealed class Permits : IPermitSource
    {
        private int _returned;

        public int Returned => _returned;

        public void Release() => Interlocked.Increment(ref _returned);
    }

    private sealed class ClientPermits : IClientPermitSource
    {
        public List<ClientAddress> Returned { get; } = [];

        public void Release(ClientAddress client) => Returned.Add(client);
    }

    private sealed class Listener : ICloseListener
    {
        public void OnClosed(IChannel channel)
        {
        }
    }

    private sealed class ReasonAsker : ChannelHandlerAdapter
    {
        public CloseReason? Reason { get; private set; }

        public override void ChannelInactive(IChannelHandlerContext context) => Reason = ConnectionLease.Of(context.Channel).CloseReason;
    }

    private sealed class SeenLease : ICloseListener
    {
        public ConnectionLease? Lease { get; private set; }

        public void OnClosed(IChannel channel) => Lease = ConnectionLease.Of(channel);
    }
}
