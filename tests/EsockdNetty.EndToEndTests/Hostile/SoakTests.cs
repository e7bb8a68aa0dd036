using System.Globalization;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// Storms and quiet moments take turns for two minutes, or for as many as the environment variable ESOCKD_SOAK_MINUTES says (a number, such as
/// 480 for a night or 0.5). Each quiet moment is a sample: the bad peers are gone, the good ones still echo, the garbage is collected. After the
/// warm-up every sample has the descriptors and threads of the first, and what is held in memory does not grow from the first of them to the last.
/// </summary>
[Trait("Category", "Soak")]
[Collection(MeasuringCollection.Name)]
public abstract class SoakTests(SocketTransport transport, ITestOutputHelper output)
{
    private const string Minutes = "ESOCKD_SOAK_MINUTES";
    private const int GoodOnes = 3;
    private const int MaxConnections = 128;
    private const int MaxPending = 32;
    private const int WarmUpParts = 4;
    private const int Parts = 4;
    private const int Storms = 12;

    private const int MostDescriptors = 16;
    private const int MostThreads = 12;
    private const int MostReservedGrowth = 4 * 1024 * 1024;
    private const int MostHeldGrowth = 512 * 1024;
    private const int MostManagedGrowth = 2 * 1024 * 1024;
    private const int MostRssGrowth = 24 * 1024 * 1024;

    private static readonly TimeSpan DefaultLength = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestStorm = TimeSpan.FromSeconds(5);
    private static readonly byte[] Good = Frame.Four("and I stay all the time"u8);

    private static TimeSpan Length =>
        double.TryParse(Environment.GetEnvironmentVariable(Minutes), CultureInfo.InvariantCulture, out double minutes) ? TimeSpan.FromMinutes(minutes) : DefaultLength;

    // A short soak has as many samples as it needs all the same.
    private static TimeSpan StormLength => LongestStorm < Length / Storms ? LongestStorm : Length / Storms;

    [Fact]
    public async Task After_a_long_storm_nothing_has_grown()
    {
        await using HostileServer server = await HostileServer.StartAsync(
            transport, ServerKind.Session, "packet=4", "frame=1000", "send=1000", "max-pending-write=131072",
            "+", nameof(ServerKind.Pipeline), "packet=4", "address=ssl://127.0.0.1:0", "handshake=1000", "frame=1000", $"max-connections={MaxConnections}", $"max-pending={MaxPending}");
        using var good = new GoodClients(server.EndPoint, GoodOnes, Good);
        var storm = new Storm(server.EndPoints[0], server.EndPoints[1], MaxConnections);
        List<Sample> samples = [];

        for (DateTime end = DateTime.UtcNow + Length; DateTime.UtcNow < end || samples.Count < WarmUpParts;)
        {
            await storm.RageAsync(StormLength);
            samples.Add(await QuietAsync(server, good));
            output.WriteLine(samples[^1].ToString());
        }

        await good.EndAsync();
        output.WriteLine($"{good.Echoed:N0} echoes to those who stayed, {storm.Served:N0} clients who came in the storm were served\n{await server.FiguresAsync()}");
        Assert.Empty(server.Errors);
        Assert.True(storm.Served > 0, "nobody who came in a storm was served");
        AssertFlat(samples[(samples.Count / WarmUpParts)..]);
    }

    private static async Task<Sample> QuietAsync(HostileServer server, GoodClients good)
    {
        await server.UntilAsync(static now => now is { Connections: GoodOnes, Live: GoodOnes, Pending: 0 });
        await good.EchoMoreAsync(100);
        await TlsPeer.EchoOnceAsync(server.EndPoints[1], Good);
        await server.UntilAsync(static now => now is { Connections: GoodOnes, Live: GoodOnes, Pending: 0 });
        Figures now = await server.CollectedAsync();
        return new Sample(
            ProcessFigures.OpenDescriptors(server.Id), ProcessFigures.Threads(server.Id), now.BytesReserved, now.BytesHeld, now.ManagedBytes, now.Rss);
    }

    private static void AssertFlat(List<Sample> samples)
    {
        Assert.All(samples, sample => Assert.InRange(sample.Descriptors, 0, samples[0].Descriptors + MostDescriptors));
        Assert.All(samples, sample => Assert.InRange(sample.Threads, 0, samples[0].Threads + MostThreads));
        Assert.InRange(Growth(samples, static sample => sample.Reserved), long.MinValue, MostReservedGrowth);
        Assert.InRange(Growth(samples, static sample => sample.Held), long.MinValue, MostHeldGrowth);
        Assert.InRange(Growth(samples, static sample => sample.Managed), long.MinValue, MostManagedGrowth);
        Assert.InRange(Growth(samples, static sample => sample.Rss), long.MinValue, MostRssGrowth);
    }

    // Of one moment nothing can be said: the mean of the last part against that of the first.
    private static long Growth(List<Sample> samples, Func<Sample, long> figure)
    {
        int part = Math.Max(1, samples.Count / Parts);
        return (long)(samples.TakeLast(part).Average(figure) - samples.Take(part).Average(figure));
    }

    private sealed record Sample(int Descriptors, int Threads, long Reserved, long Held, long Managed, long Rss);

    public sealed class OnEpoll(ITestOutputHelper output) : SoakTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : SoakTests(SocketTransport.Sockets, output);
}
