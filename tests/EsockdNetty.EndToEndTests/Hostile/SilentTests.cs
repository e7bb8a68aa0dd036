using EsockdNetty.Connections;
using EsockdNetty.HostileHost;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Peers that connect and stay silent where a handshake is due.</summary>
public abstract class SilentTests(SocketTransport transport)
{
    private const int MaxPending = 64;
    private const int TooMany = 36;

    [Fact]
    public async Task The_oldest_silent_ones_are_reset_and_the_door_stays_open()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, "address=ssl://127.0.0.1:0", $"max-pending={MaxPending}", "handshake=600000");
        RawPeer[] older = Connect(server, MaxPending);
        await server.UntilAsync(static now => now.Pending == MaxPending);

        RawPeer[] newer = Connect(server, TooMany);
        Figures after = await server.UntilAsync(static now => now.ClosedFor(CloseReason.PendingOverflow) == TooMany);

        Assert.Equal(MaxPending, after.Pending);
        SpinWait.SpinUntil(() => Resets(older) == TooMany, Guard.Event);
        Assert.Equal(TooMany, Resets(older));
        Assert.Equal(0, Resets(newer));
        Dispose(older);
        Dispose(newer);
        await server.UntilAsync(static now => now is { Pending: 0, Connections: 0, Live: 0 });
    }

    private static RawPeer[] Connect(HostileServer server, int count) => [.. Enumerable.Range(0, count).Select(_ => new RawPeer(server.EndPoint))];

    private static int Resets(RawPeer[] peers) => peers.Count(static peer => peer.WasReset());

    private static void Dispose(RawPeer[] peers)
    {
        foreach (RawPeer peer in peers)
            peer.Dispose();
    }

    public sealed class OnEpoll() : SilentTests(SocketTransport.Epoll);

    public sealed class OnSockets() : SilentTests(SocketTransport.Sockets);
}
