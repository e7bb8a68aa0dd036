using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Rebinding;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Addresses;

public sealed class AddressLimitGateTests
{
    private readonly EventRecorder _recorder = new();
    private readonly AddressLimit _limit = new(time: new HandTime()) { MaxConnections = 1 };
    private readonly ClientAddress _client = ClientAddress.Of(ChildChannel.Peer);

    [Fact]
    public void Refuses_the_connection_after_the_last_of_its_address_and_nobody_elses()
    {
        EmbeddedChannel server = Server();
        ChildChannel[] children = [new(), new(), ChildChannel.Of("192.0.2.8")];

        server.WriteInbound([.. children]);

        Assert.Equal([true, false, true], children.Select(child => child.Open));
        Assert.Equal([new ConnectionRefused(RefusalReason.AddressLimit, ChildChannel.Peer)], _recorder.Events);
    }

    [Fact]
    public async Task Lets_the_next_one_in_when_one_has_closed()
    {
        EmbeddedChannel server = Server();
        var first = new ChildChannel();
        var second = new ChildChannel();

        server.WriteInbound(first);
        await first.CloseAsync();
        server.WriteInbound(second);

        Assert.True(second.Open);
        Assert.Equal(1, _limit.CountOf(_client));
    }

    [Fact]
    public void A_refusal_by_a_later_gate_gives_the_permit_back()
    {
        var full = new ConnectionLimit(1);
        full.TryTake();
        EmbeddedChannel server = Server(new MaxConnectionsGate(full));

        server.WriteInbound(new ChildChannel());

        Assert.Equal(0, _limit.CountOf(_client));
    }

    [Fact]
    public void Gives_the_permit_back_in_the_name_it_was_taken_in()
    {
        var child = new ForgettingChannel();
        Server().WriteInbound(child);
        Assert.Equal(1, _limit.CountOf(_client));

        child.Forget();
        child.Unsafe.CloseForcibly();

        Assert.Equal(0, _limit.CountOf(_client));
    }

    [Fact]
    public void Refuses_who_connects_too_fast_and_has_him_scored()
    {
        var bans = new BanList();
        _limit.MaxConnections = null;
        _limit.Rate = new AddressRate(1, TimeSpan.FromSeconds(1));
        var gate = new AddressLimitGate(_limit, new BanScore(bans, new BanOptions { RateExceeded = 1, Threshold = 2 }));
        var server = new EmbeddedChannel(gate, _recorder);

        server.WriteInbound(new ChildChannel(), new ChildChannel());
        Assert.False(bans.IsBanned(_client));
        server.WriteInbound(new ChildChannel());

        Assert.True(bans.IsBanned(_client));
        Assert.Equal(2, _recorder.Events.OfType<ConnectionRefused>().Count(refused => refused.Reason == RefusalReason.AddressRate));
    }

    [Fact]
    public void Unix_peers_have_no_limit()
    {
        EmbeddedChannel server = Server();
        ChildChannel[] children = [Unix(), Unix(), Unix()];

        server.WriteInbound([.. children]);
        Array.ForEach(children, child => child.Unsafe.CloseForcibly());

        Assert.Empty(_recorder.Events);
        Assert.Empty(_recorder.Exceptions);
    }

    [Fact]
    public void Taking_and_returning_a_permit_allocates_nothing()
    {
        ConnectionLease lease = ConnectionLease.Of(new ChildChannel());
        ClientAddress client = lease.Client;
        _limit.Rate = new AddressRate(1_000_000, TimeSpan.FromSeconds(1));
        TakeAndReturn(client, 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        TakeAndReturn(client, 1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ChildChannel Unix() => new(peer: new UnixDomainSocketEndPoint("/tmp/peer"));

    private void TakeAndReturn(ClientAddress client, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _limit.TryTake(client);
            _limit.Release(client);
        }
    }

    private EmbeddedChannel Server(params IChannelHandler[] later) => new([new AddressLimitGate(_limit), .. later, _recorder]);

    /// <summary>A connection whose peer the system forgets, as after a reset.</summary>
    private sealed class ForgettingChannel : EmbeddedChannel
    {
        private bool _forgotten;

        protected override System.Net.EndPoint? RemoteAddressInternal => _forgotten ? null : ChildChannel.Peer;

        public void Forget()
        {
            _forgotten = true;
            InvalidateRemoteAddress();
        }
    }
}
