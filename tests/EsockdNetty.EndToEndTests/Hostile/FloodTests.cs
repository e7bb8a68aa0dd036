using EsockdNetty.HostileHost;
using EsockdNetty.HostileHost.Handlers;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// One peer that makes work while ten others echo. The others' p99 in the storm is compared with theirs in the calm of the same run; the
/// phases take turns, so that what else the machine does falls on both.
/// </summary>
[Collection(MeasuringCollection.Name)]
public abstract class FloodTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Others = 10;
    private const int Rounds = 4;
    private const int EchoesARound = 4000;
    private const int Attempts = 3;
    private const double MostTimesCalm = 10;
    private const double AlwaysAllowed = 50;

    /// <summary>Bytes of empty frames, all headers; an eighth of them on .NET's sockets, where the frames are no others.</summary>
    private const int MostEmptyFrames = 64 * 1024 * 1024;

    private const int Part = 8;

    private const int MostHeld = 1024 * 1024;
    private const int MostRss = 64 * 1024 * 1024;

    private static readonly byte[] ManyEmptyFrames = new byte[64 * 1024];
    private static readonly byte[] ManyRequests = new byte[4 * 1024];

    private int EmptyFrames => transport == SocketTransport.Epoll ? MostEmptyFrames : MostEmptyFrames / Part;

    [Fact]
    public Task Many_MiB_of_empty_frames_hold_nobody_up() => JudgeAsync(ServerKind.Pipeline, "packet=4", Frame.Four(new byte[60]), Empty(EmptyFrames));

    /// <summary>It is called for each: an eighth says the same.</summary>
    [Fact]
    public Task Nor_do_they_where_a_session_answers() => JudgeAsync(ServerKind.Session, "packet=4", Frame.Four(new byte[60]), Empty(EmptyFrames / Part));

    [Fact]
    public Task Requests_whose_long_replies_are_not_read_hold_nobody_up() => JudgeAsync(ServerKind.Replier, "packet=2", Frame.Two(new byte[62]), Ask);

    [Fact]
    public Task Requests_whose_long_replies_are_read_slowly_hold_nobody_up() => JudgeAsync(ServerKind.Replier, "packet=2", Frame.Two(new byte[62]), AskAndReadSlowly);

    private async Task JudgeAsync(ServerKind kind, string packet, byte[] message, Func<HostileServer, Func<Task>, Task> storm)
    {
        string told = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            (double calm, double stormy) = await MeasureAsync(kind, packet, message, storm);
            told += $"p99 in the calm {calm:0.000} ms, in the storm {stormy:0.000} ms\n";
            output.WriteLine(told);
            if (stormy <= Math.Max(MostTimesCalm * calm, AlwaysAllowed))
                return;
        }

        Assert.Fail(told);
    }

    private async Task<(double Calm, double Storm)> MeasureAsync(ServerKind kind, string packet, byte[] message, Func<HostileServer, Func<Task>, Task> storm)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, kind, packet);
        using var others = new GoodClients(server.EndPoint, Others, message);
        await others.EchoMoreAsync(EchoesARound);
        others.Forget();
        Figures before = await server.MarkAsync();
        for (int round = 0; round < Rounds; round++)
        {
            others.InStorm = false;
            await others.EchoMoreAsync(EchoesARound);
            await storm(server, () =>
            {
                others.InStorm = true;
                return others.EchoMoreAsync(EchoesARound);
            });
        }

        Figures after = await server.FiguresAsync();
        await others.EndAsync();
        output.WriteLine($"before {before}\nafter {after}");
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, 0, MostHeld);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRss);
        return (others.CalmP99, others.StormP99);
    }

    private static Func<HostileServer, Func<Task>, Task> Empty(int total) => (server, measure) => SendEmptyFrames(server, measure, total / Rounds);

    /// <summary>Their answers, which are as many, are read as they come.</summary>
    private static async Task SendEmptyFrames(HostileServer server, Func<Task> measure, int length)
    {
        using var peer = new RawPeer(server.EndPoint);
        Task<bool> sending = Task.Run(() => peer.Flood(ManyEmptyFrames, length / ManyEmptyFrames.Length));
        Task reading = Task.Run(() => ReadAnswers(peer, length));
        await measure();
        Assert.True(await sending.WaitAsync(Guard.Program), "the server ended it");
        await reading.WaitAsync(Guard.Program);
    }

    private static void ReadAnswers(RawPeer peer, int length)
    {
        byte[] answers = new byte[64 * 1024];
        while (length > 0)
        {
            int count = peer.Receive(answers);
            Assert.True(count > 0, "the server ended it");
            Assert.Equal(-1, answers.AsSpan(0, count).IndexOfAnyExcept((byte)0));
            length -= count;
        }
    }

    private static async Task Ask(HostileServer server, Func<Task> measure)
    {
        using var peer = new RawPeer(server.EndPoint, ReplierHandler.ReplyLength);
        Task asking = Task.Run(() => peer.Flood(ManyRequests, int.MaxValue));
        await measure();
        peer.Abandon();
        await asking.WaitAsync(Guard.Program);
    }

    private static async Task AskAndReadSlowly(HostileServer server, Func<Task> measure)
    {
        using var over = new CancellationTokenSource();
        using var peer = new RawPeer(server.EndPoint, ReplierHandler.ReplyLength);
        Task asking = Task.Run(() => peer.Flood(ManyRequests, int.MaxValue));
        Task reading = ReadSlowlyAsync(peer, over.Token);
        await measure();
        await over.CancelAsync();
        peer.Abandon();
        await asking.WaitAsync(Guard.Program);
        await reading.WaitAsync(Guard.Program);
    }

    private static async Task ReadSlowlyAsync(RawPeer peer, CancellationToken over)
    {
        byte[] part = new byte[4 * 1024];
        while (!over.IsCancellationRequested && peer.Receive(part) > 0)
            await Task.Delay(1, CancellationToken.None);
    }

    public sealed class OnEpoll(ITestOutputHelper output) : FloodTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : FloodTests(SocketTransport.Sockets, output);
}
