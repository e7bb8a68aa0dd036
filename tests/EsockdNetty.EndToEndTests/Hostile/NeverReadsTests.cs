using EsockdNetty.Connections;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Peers that send and do not read what they are answered.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class NeverReadsTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int HighWaterMark = 64 * 1024;

    /// <summary>What may lie in the process for one of them: twice the high water mark.</summary>
    private const int MostHeld = 2 * HighWaterMark;

    /// <summary>What the loops hold for themselves, and what a good client's message may hold for a moment.</summary>
    private const int LoopsOwn = 3 * 64 * 1024;

    private const int MostRss = 32 * 1024 * 1024;
    private const int GoodOnes = 2;
    private const int SmallBuffer = 16 * 1024;
    private const int Volume = 256 * 1024 * 1024;

    private const string Impatient = "send=1000";

    [Theory]
    [InlineData("raw", 64 * 1024)]
    [InlineData("raw", 64)]
    [InlineData("4", 60)]
    public async Task A_pipeline_keeps_twice_the_high_water_mark_and_ends_them(string packet, int size) =>
        await FloodAsync(ServerKind.Pipeline, packet, size);

    [Theory]
    [InlineData("raw", 64 * 1024)]
    [InlineData("raw", 64)]
    [InlineData("4", 60)]
    public async Task A_session_keeps_twice_the_high_water_mark_and_ends_them(string packet, int size) =>
        await FloodAsync(ServerKind.Session, packet, size);

    /// <summary>What counts is the age of the oldest byte that was not sent, not the time since one was.</summary>
    [Theory]
    [InlineData(nameof(ServerKind.Pipeline))]
    [InlineData(nameof(ServerKind.Session))]
    public async Task A_byte_read_now_and_then_gains_no_time(string kind)
    {
        const int Interval = 100;
        byte[] batch = new byte[64 * 1024];
        await using HostileServer server = await HostileServer.StartAsync(transport, Enum.Parse<ServerKind>(kind), "packet=raw", Impatient);
        using var slow = new RawPeer(server.EndPoint, SmallBuffer);
        Task<bool> sending = Task.Run(() => slow.Flood(batch, Volume / batch.Length));

        while (!sending.IsCompleted && slow.TakesByte())
            await Task.Delay(Interval);
        bool sentAll = await sending.WaitAsync(Guard.Program);
        Figures after = await server.UntilAsync(now => now.Closed.Count > 0);

        Assert.False(sentAll, "it was read to the end");
        Assert.Equal(1, after.ClosedFor(CloseReason.SendTimeout));
    }

    private async Task FloodAsync(ServerKind kind, string packet, int size)
    {
        byte[] message = packet == "4" ? Frame.Four(new byte[size]) : new byte[size];
        byte[] batch = Frame.Repeated(message, 64 * 1024 / message.Length);
        await using HostileServer server = await HostileServer.StartAsync(transport, kind, $"packet={packet}", Impatient);
        using var good = new GoodClients(server.EndPoint, GoodOnes, message);
        await good.EchoMoreAsync(1000);
        Figures before = await server.MarkAsync();

        using var deaf = new RawPeer(server.EndPoint, SmallBuffer);
        bool sentAll = await Task.Run(() => deaf.Flood(batch, Volume / batch.Length)).WaitAsync(Guard.Program);
        Figures after = await server.UntilAsync(now => now.Closed.Count > 0);
        await good.EchoMoreAsync(100);
        await good.EndAsync();

        output.WriteLine($"before {before}\nafter {after}");
        Assert.False(sentAll, "it was read to the end");
        Assert.Equal(1, after.ClosedFor(CloseReason.SendTimeout));
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, 0, MostHeld + LoopsOwn);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRss);
    }

    public sealed class OnEpoll(ITestOutputHelper output) : NeverReadsTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : NeverReadsTests(SocketTransport.Sockets, output);
}
