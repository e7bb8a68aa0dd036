using EsockdNetty.Connections;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// A chat of a hundred of whom one never reads. One GiB is what the others are delivered together: each message counts once for each of the
/// 99 members who read it. On .NET's sockets it is an eighth, and the one who never reads is given an eighth of the room.
/// </summary>
[Collection(MeasuringCollection.Name)]
public abstract class ChatTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Members = 100;
    private const int Readers = Members - 1;
    private const long Delivered = 1L << 30;

    private const int MaxPendingWriteBytes = 4 * 1024 * 1024;
    private const int Part = 8;
    private const int LittlePendingWriteBytes = 128 * 1024;
    private const int LeastPendingWriteBytes = 64 * 1024;

    /// <summary>What a turn may hold on its way to all: its own storage, and a part of it for each member, twice since a loop may lag by one.</summary>
    private const int TurnsUnderWay = 2;

    /// <summary>What the loops keep to receive into, and have handed on.</summary>
    private const int LoopsOwn = 4 * 64 * 1024;

    private const int MostRss = 96 * 1024 * 1024;
    private const int SmallBuffer = 16 * 1024;
    private const int SomeTurns = 100;
    private const int MostTurns = 20_000;

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(2 * 1024)]
    public async Task The_member_who_never_reads_is_ended_and_nobody_else_notices(int size)
    {
        int part = transport == SocketTransport.Epoll ? 1 : Part;
        string[] room = part == 1 ? [] : [$"send-buffer={MaxPendingWriteBytes / part}"];
        await using HostileServer server = await HostileServer.StartAsync(
            transport, ServerKind.Chat, ["packet=2", $"max-pending-write={MaxPendingWriteBytes / part}", .. room]);

        await ChatAsync(server, size, 1, MaxPendingWriteBytes / part, talkers => talkers.TalkAsync((int)(Delivered / part / Readers / size)));
    }

    /// <summary>Messages of which each alone would keep many times its bytes.</summary>
    [Theory]
    [InlineData(62, 16)]
    [InlineData(5, 128)]
    public async Task Small_messages_cost_no_more_than_their_bytes(int size, int atOnce)
    {
        int most = transport == SocketTransport.Epoll ? LittlePendingWriteBytes : LeastPendingWriteBytes;
        await using HostileServer server = await HostileServer.StartAsync(
            transport, ServerKind.Chat, "packet=2", $"max-pending-write={most}", $"send-buffer={SmallBuffer}");

        await ChatAsync(server, size, atOnce, most, async room =>
        {
            for (int turns = 0; turns < MostTurns && (await server.FiguresAsync()).Closed.Count == 0; turns += SomeTurns)
                await room.TalkAsync(SomeTurns);
        });
    }

    private async Task ChatAsync(HostileServer server, int size, int atOnce, int most, Func<ChatRoom, Task> talk)
    {
        using var room = new ChatRoom(server.EndPoint, Readers, size, atOnce);
        await server.UntilAsync(static now => now.Connections == Readers);
        await room.TalkAsync(10);
        Figures before = await server.MarkAsync();

        using var deaf = new RawPeer(server.EndPoint, SmallBuffer);
        await server.UntilAsync(static now => now.Connections == Members);
        await talk(room);
        Figures after = await server.UntilAsync(static now => now.Closed.Count > 0);
        await room.TalkAsync(10);

        output.WriteLine($"before {before}\nafter {after}");
        Assert.Equal(1, after.ClosedFor(CloseReason.SlowConsumer));
        Assert.Equal(1, after.Closed.Values.Sum());
        Assert.Equal(Readers, after.Connections);
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, 0, most + LoopsOwn + (TurnsUnderWay * Members * 2 * Math.Max(256, atOnce * (size + 2))));
        Assert.InRange(after.MostRss - before.Rss, 0, MostRss);
    }

    public sealed class OnEpoll(ITestOutputHelper output) : ChatTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : ChatTests(SocketTransport.Sockets, output);
}
