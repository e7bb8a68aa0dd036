using System.Security.Authentication;
using EsockdNetty.Connections;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Clients that begin a handshake, or do not, and then stay silent.</summary>
public abstract class TlsStallTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Stalled = 200;
    private const int GoodOnes = 20;
    private const int MaxPending = 64;
    private const int MostHeldEach = 4 * 1024;
    private const int LoopsOwn = 4 * 64 * 1024;

    private const string Tls = "address=ssl://127.0.0.1:0";
    private const string NoDeadline = "handshake=600000";
    private const string Deadline = "handshake=4000";
    private const string ShortDeadline = "handshake=500";

    private static readonly byte[] Message = "and I am well"u8.ToArray();

    [Fact]
    public async Task Three_bytes_of_a_hello_are_closed_at_the_deadline_and_counted()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, Tls, ShortDeadline);
        using var peer = new RawPeer(server.EndPoint);

        peer.Send(TlsClient.Hello(SslProtocols.Tls13).AsSpan(0, 3));

        Assert.Equal([], peer.ReceiveToEnd() ?? []);
        Figures after = await server.UntilAsync(static now => now is { Connections: 0, Live: 0, Pending: 0, Accepted: 1 });
        Assert.Equal(1, after.ClosedFor(CloseReason.HandshakeTimeout));
        Assert.Equal(1, after.HandshakesFailed);
    }

    [Fact]
    public async Task Good_clients_are_served_while_two_hundred_handshakes_stall()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, Tls, NoDeadline, $"max-pending={Stalled}");
        await TlsPeer.EchoOnceAsync(server.EndPoint, Message);
        Figures before = await server.MarkAsync();
        List<RawPeer> stalled = Stall(server, Stalled - 1);
        await server.UntilAsync(static now => now.Pending == Stalled - 1);

        for (int i = 0; i < GoodOnes; i++)
            await TlsPeer.EchoOnceAsync(server.EndPoint, Message);

        Figures after = await server.UntilAsync(static now => now is { HandshakesCompleted: GoodOnes + 1, Connections: Stalled - 1 });
        output.WriteLine($"before {before}\nafter {after}");
        Assert.Equal(Stalled - 1, after.Pending);
        Assert.Equal(0, after.HandshakesFailed);
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, 0, LoopsOwn + (Stalled * MostHeldEach));
        stalled.ForEach(static peer => peer.Dispose());
        Figures end = await server.UntilAsync(static now => now is { Connections: 0, Live: 0, Pending: 0 });
        Assert.Equal(Stalled - 1, end.HandshakesFailed);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task All_of_them_end_at_the_deadline_and_good_clients_do_not()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, Tls, Deadline);
        using var early = new TlsPeer(server.EndPoint);
        List<RawPeer> stalled = Stall(server, Stalled);

        Figures now;
        do
        {
            await TlsPeer.EchoOnceAsync(server.EndPoint, Message);
            now = await server.FiguresAsync();
        }
        while (now.Pending > 0);

        Figures after = await server.UntilAsync(static now => now is { Connections: 1, Live: 1, Pending: 0 });
        early.Echo(Message);
        output.WriteLine($"after {after}");
        Assert.Equal(Stalled, after.ClosedFor(CloseReason.HandshakeTimeout));
        Assert.Equal(Stalled, after.HandshakesFailed);
        Assert.Empty(server.Errors);
        stalled.ForEach(static peer => peer.Dispose());
    }

    [Fact]
    public async Task Good_clients_come_in_where_silent_ones_stand_before_the_door()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, Tls, NoDeadline, $"max-pending={MaxPending}");
        List<RawPeer> silent = [.. Enumerable.Range(0, MaxPending).Select(_ => new RawPeer(server.EndPoint))];
        await server.UntilAsync(static now => now.Pending == MaxPending);

        for (int i = 0; i < GoodOnes; i++)
        {
            await TlsPeer.EchoOnceAsync(server.EndPoint, Message);
            silent.Add(new RawPeer(server.EndPoint));
        }

        Figures after = await server.UntilAsync(static now => now is { Pending: MaxPending, Connections: MaxPending, HandshakesCompleted: GoodOnes });
        output.WriteLine($"after {after}");

        // Each good client pushed the oldest out and was admitted; the silent one behind it took its place.
        Assert.Equal(GoodOnes, after.ClosedFor(CloseReason.PendingOverflow));
        Assert.Equal(GoodOnes, silent.Take(MaxPending).Count(static peer => peer.WasReset()));
        Assert.Empty(server.Errors);
        silent.ForEach(static peer => peer.Dispose());
        await server.UntilAsync(static now => now is { Connections: 0, Live: 0, Pending: 0 });
    }

    // None, a part or all of a hello, which is answered.
    private static List<RawPeer> Stall(HostileServer server, int count)
    {
        byte[] hello = TlsClient.Hello(SslProtocols.Tls13);
        var peers = new List<RawPeer>(count);
        for (int i = 0; i < count; i++)
        {
            peers.Add(new RawPeer(server.EndPoint));
            peers[i].Send(hello.AsSpan(0, (i % 4) switch { 0 => 0, 1 => 3, 2 => hello.Length - 1, _ => hello.Length }));
        }

        return peers;
    }

    public sealed class OnEpoll(ITestOutputHelper output) : TlsStallTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : TlsStallTests(SocketTransport.Sockets, output);
}
