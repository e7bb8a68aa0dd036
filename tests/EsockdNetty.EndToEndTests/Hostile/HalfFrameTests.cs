using EsockdNetty.Connections;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Peers that begin a frame and do not go on.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class HalfFrameTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Crowd = 10_000;
    private const int CrowdOnSockets = 2_000;

    // For the test's and the server's own files, pipes and threads.
    private const int OtherDescriptors = 1_000;

    private const int MostBuffersEach = 1024;
    private const int MostRssEach = 32 * 1024;
    private const int GoodOnes = 2;
    private const string FrameDeadline = "frame=4000";
    private const string ShortFrameDeadline = "frame=1000";

    private static readonly byte[] Good = Frame.Four("and I am whole"u8);
    private static readonly byte[] FirstByte = [0];

    [Fact]
    public async Task Thousands_of_first_bytes_hold_a_kibibyte_each_until_the_deadline_ends_them_alone()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, "packet=4", FrameDeadline);
        int crowd = await CrowdSizeAsync(server);
        using var good = new GoodClients(server.EndPoint, GoodOnes, Good);
        await good.EchoMoreAsync(1000);
        Figures before = await server.MarkAsync();

        List<RawPeer> peers = await ConnectAsync(server, crowd);
        Figures connected = await server.FiguresAsync();
        foreach (RawPeer peer in peers)
            peer.Send(FirstByte);
        Figures held = await server.UntilAsync(now => now.BytesHeld - before.BytesHeld >= crowd * 64L || now.ClosedFor(CloseReason.FrameTimeout) > 0);
        Figures after = await server.UntilAsync(now => now.ClosedFor(CloseReason.FrameTimeout) == crowd);
        await good.EndAsync();

        output.WriteLine($"before {before}\nconnected {connected}\nheld {held}\nafter {after}");
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, crowd, crowd * (long)MostBuffersEach);
        Assert.InRange(after.MostRss - before.Rss, 0, crowd * (long)MostRssEach);
        Assert.Equal(crowd, after.Closed.Values.Sum());
        Dispose(peers);
    }

    [Fact]
    public async Task A_byte_now_and_then_does_not_move_the_deadline()
    {
        const int Interval = 100;
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Pipeline, "packet=4", ShortFrameDeadline);
        using var good = new GoodClients(server.EndPoint, GoodOnes, Good);
        using var slow = new RawPeer(server.EndPoint);

        // A frame of 1000 bytes: it would be whole after 100 s.
        byte[] frame = Frame.Four(new byte[1000]);
        Task drip = Task.Run(async () =>
        {
            for (int i = 0; i < frame.Length && slow.Flood([frame[i]], 1); i++)
                await Task.Delay(Interval);
        });

        Assert.Equal([], slow.ReceiveToEnd() ?? []);
        Figures after = await server.UntilAsync(now => now.Closed.Count > 0);
        slow.Abandon();
        await drip.WaitAsync(Guard.Event);
        await good.EndAsync();

        Assert.Equal(1, after.ClosedFor(CloseReason.FrameTimeout));
        Assert.Equal(1, after.Closed.Values.Sum());
    }

    private async Task<int> CrowdSizeAsync(HostileServer server)
    {
        int crowd = transport == SocketTransport.Epoll ? Crowd : CrowdOnSockets;
        long mine = await DescriptorLimit.GetAsync(Environment.ProcessId);
        long its = await DescriptorLimit.GetAsync(server.Id);
        int size = (int)Math.Min(crowd, Math.Min(mine, its) - OtherDescriptors);
        if (size < crowd)
            Console.WriteLine($"{size} connections instead of {crowd}: the descriptor limits are {mine} here and {its} there");
        return size;
    }

    private static async Task<List<RawPeer>> ConnectAsync(HostileServer server, int count)
    {
        var peers = new List<RawPeer>(count);
        for (int i = 0; i < count; i++)
            peers.Add(new RawPeer(server.EndPoint));
        await server.UntilAsync(now => now.Connections >= count + GoodOnes);
        return peers;
    }

    private static void Dispose(List<RawPeer> peers)
    {
        foreach (RawPeer peer in peers)
            peer.Dispose();
    }

    public sealed class OnEpoll(ITestOutputHelper output) : HalfFrameTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : HalfFrameTests(SocketTransport.Sockets, output);
}
