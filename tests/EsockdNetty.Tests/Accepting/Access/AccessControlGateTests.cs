using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Access;

public sealed class AccessControlGateTests
{
    private readonly EventRecorder _recorder = new();
    private readonly AccessControl _access = new();

    [Fact]
    public void Refuses_whom_the_rules_deny_and_says_why()
    {
        _access.AddFirst(AccessRule.Parse("deny 192.0.2.0/24"));
        EmbeddedChannel server = Server();
        var denied = new ChildChannel();
        ChildChannel other = ChildChannel.Of("198.51.100.1");

        server.WriteInbound(denied, other);

        Assert.False(denied.Open);
        Assert.True(other.Open);
        Assert.Equal([new ConnectionRefused(RefusalReason.AccessDenied, ChildChannel.Peer)], _recorder.Events);
    }

    [Fact]
    public void Refuses_the_banned_and_says_why()
    {
        _access.Bans.Ban(IPNetwork.Parse("192.0.2.0/24"), TimeSpan.FromMinutes(1), "test");
        var banned = new ChildChannel();

        Server().WriteInbound(banned);

        Assert.False(banned.Open);
        Assert.Equal([new ConnectionRefused(RefusalReason.Banned, ChildChannel.Peer)], _recorder.Events);
    }

    [Fact]
    public void A_change_holds_for_the_next_connection_and_keeps_the_living()
    {
        EmbeddedChannel server = Server();
        var before = new ChildChannel();
        var after = new ChildChannel();

        server.WriteInbound(before);
        _access.AddFirst(AccessRule.Parse("deny all"));
        server.WriteInbound(after);

        Assert.Equal([true, false], [before.Open, after.Open]);
    }

    [Fact]
    public void Never_sends_anything_to_whom_it_refuses()
    {
        _access.AddFirst(AccessRule.Parse("deny all"));
        var child = new ChildChannel();

        Server(Refusal.Bytes("busy"u8)).WriteInbound(child);

        Assert.False(child.Open);
        Assert.Empty(child.OutboundMessages);
    }

    [Fact]
    public void Judges_a_peer_on_a_unix_socket()
    {
        _access.Replace([AccessRule.Parse("deny unix")]);
        var child = new ChildChannel(peer: new UnixDomainSocketEndPoint("/tmp/peer"));

        Server().WriteInbound(child);

        Assert.False(child.Open);
    }

    private EmbeddedChannel Server(Refusal? refusal = null) => new(new AccessControlGate(_access, refusal), _recorder);
}
