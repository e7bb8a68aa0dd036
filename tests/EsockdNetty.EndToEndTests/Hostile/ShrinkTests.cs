using System.Diagnostics;
using System.Globalization;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// A burst of large messages, all begun and held at the same time, and the quiet after it. The environment variable ESOCKD_BURST_CONNECTIONS says
/// how many instead of 1,000.
/// </summary>
public abstract class ShrinkTests(SocketTransport transport, ITestOutputHelper output)
{
    private const string Connections = "ESOCKD_BURST_CONNECTIONS";

    // The two together would want twice the memory, and as many descriptors.
    private const string OneAtATime = nameof(ShrinkTests);

    private const int DefaultBurst = 1_000;
    private const int OtherDescriptors = 1_000;
    private const int Mebibyte = 1024 * 1024;
    private const int WarmUp = 20;

    // A slab that each loop keeps warm, and one shared.
    private const int MostReserved = 16 * Mebibyte;

    // The pools give their pages back by themselves, and the server has the collector do so once they have: nobody here asks for that.
    private const double MostOfStart = 1.2;

    private static readonly byte[] AlmostWhole = Frame.Four(new byte[Mebibyte - 4])[..^1];

    private static int Wanted =>
        int.TryParse(Environment.GetEnvironmentVariable(Connections), CultureInfo.InvariantCulture, out int wanted) ? wanted : DefaultBurst;

    [Fact]
    public async Task Memory_goes_back_to_the_system_after_a_burst()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Pipeline, "packet=4");
        int burst = await BurstAsync(server);
        await HoldAsync(server, WarmUp);
        await server.UntilAsync(static now => now.BytesReserved <= MostReserved);
        Figures start = await server.CollectedAsync();

        Figures peak = await HoldAsync(server, burst);
        var watch = Stopwatch.StartNew();
        Figures quiet = await server.UntilAsync(now => now.BytesReserved <= MostReserved && now.Rss <= start.Rss * MostOfStart);

        output.WriteLine($"{burst} connections, back after {watch.Elapsed.TotalSeconds:0.0} s\nstart {start}\npeak  {peak}\nquiet {quiet}");
        Assert.True(peak.BytesHeld >= (long)burst * Mebibyte, $"the burst was none: {peak}");
        Assert.InRange(quiet.Rss, 0, (long)(start.Rss * MostOfStart));
    }

    private static async Task<Figures> HoldAsync(HostileServer server, int count)
    {
        List<RawPeer> peers = [];
        for (int i = 0; i < count; i++)
        {
            peers.Add(new RawPeer(server.EndPoint));
            peers[i].Send(AlmostWhole);
        }

        Figures held = await server.UntilAsync(now => now.BytesHeld >= (long)count * Mebibyte);
        foreach (RawPeer peer in peers)
            peer.Reset();
        await server.UntilAsync(static now => now.Connections == 0);
        return held;
    }

    private static async Task<int> BurstAsync(HostileServer server)
    {
        long descriptors = Math.Min(await DescriptorLimit.GetAsync(Environment.ProcessId), await DescriptorLimit.GetAsync(server.Id)) - OtherDescriptors;
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (2L * Mebibyte);
        int burst = (int)Math.Min(Wanted, Math.Min(descriptors, memory));
        if (burst < Wanted)
            Console.WriteLine($"{burst} connections instead of {Wanted}: there are descriptors for {descriptors}, and half of the memory, which is the budget of buffers, holds {memory}");
        return burst;
    }

    [Collection(OneAtATime)]
    public sealed class OnEpoll(ITestOutputHelper output) : ShrinkTests(SocketTransport.Epoll, output);

    [Collection(OneAtATime)]
    public sealed class OnSockets(ITestOutputHelper output) : ShrinkTests(SocketTransport.Sockets, output);
}
