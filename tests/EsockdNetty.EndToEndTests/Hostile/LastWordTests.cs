using EsockdNetty.HostileHost;
using EsockdNetty.HostileHost.Handlers;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>An error reply followed by a close, while the peer is still sending.</summary>
public abstract class LastWordTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Repetitions = 500;

    // Together within what a close in order reads and drops (64 KiB): a peer that goes on after that is reset.
    private const int Pieces = 32;
    private const int PieceLength = 1024;

    [Theory]
    [InlineData(nameof(ServerKind.Error))]
    [InlineData(nameof(ServerKind.ErrorSession))]
    public async Task The_reply_arrives(string kind)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, Enum.Parse<ServerKind>(kind));

        int arrived = await Task.Run(() => Enumerable.Range(0, Repetitions).Count(_ => IsTold(server))).WaitAsync(Guard.Program);

        output.WriteLine($"{await server.FiguresAsync()}");
        Assert.Equal(Repetitions, arrived);
    }

    private static bool IsTold(HostileServer server)
    {
        using var peer = new RawPeer(server.EndPoint);
        Task sending = Task.Run(() => peer.Flood(new byte[PieceLength], Pieces));
        byte[]? told = peer.ReceiveToEnd();
        peer.Abandon();
        sending.Wait(Guard.Event);
        return told is not null && told.AsSpan().SequenceEqual(ErrorHandler.Error.Span);
    }

    public sealed class OnEpoll(ITestOutputHelper output) : LastWordTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : LastWordTests(SocketTransport.Sockets, output);
}
