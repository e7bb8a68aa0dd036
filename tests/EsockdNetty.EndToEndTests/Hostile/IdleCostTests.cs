using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>What a connection costs that does nothing: through the whole default pipeline, in a server that is alone in its process.</summary>
public abstract class IdleCostTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Crowd = 5_000;

    // For the test's and the server's own files, pipes and threads.
    private const int OtherDescriptors = 1_000;

    // What they keep, and four percent: a stage more is to be noticed.
    private const int MostRaw = 1_832;
    private const int MostPackets = 2_192;
    private const int MostSession = 2_752;

    // A socket of .NET's with its handle, its context and the arguments of a receive under way, for which there is none on epoll.
    private const int MostOfSocket = 1_088;

    [Theory]
    [InlineData(nameof(ServerKind.Pipeline), "raw", MostRaw)]
    [InlineData(nameof(ServerKind.Pipeline), "4", MostPackets)]
    [InlineData(nameof(ServerKind.Session), "raw", MostSession)]
    public async Task An_idle_connection_keeps_little(string kind, string packet, int most)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, Enum.Parse<ServerKind>(kind), $"packet={packet}");
        int crowd = await CrowdSizeAsync(server);

        // What the first connections bring about once, code and tables, is not the price of the next.
        using var early = new IdleCrowd(server.EndPoint, crowd / 10);
        await server.UntilAsync(now => now.Connections == early.Count);
        Figures before = await server.CollectedAsync();

        using var idle = new IdleCrowd(server.EndPoint, crowd);
        await server.UntilAsync(now => now.Connections == early.Count + crowd);
        Figures after = await server.CollectedAsync();

        double managed = (after.ManagedBytes - before.ManagedBytes) / (double)crowd;
        double resident = (after.Rss - before.Rss) / (double)crowd;
        output.WriteLine($"{crowd} connections: {managed:0} managed bytes each, {resident:0} resident\nbefore {before}\nafter {after}");
        Assert.InRange(managed, 0, transport == SocketTransport.Sockets ? most + MostOfSocket : most);
    }

    private static async Task<int> CrowdSizeAsync(HostileServer server)
    {
        long mine = await DescriptorLimit.GetAsync(Environment.ProcessId);
        long its = await DescriptorLimit.GetAsync(server.Id);
        int size = (int)Math.Min(Crowd, (Math.Min(mine, its) - OtherDescriptors) * 10 / 11);
        if (size < Crowd)
            Console.WriteLine($"{size} connections instead of {Crowd}: the descriptor limits are {mine} here and {its} there");
        return size;
    }

    public sealed class OnEpoll(ITestOutputHelper output) : IdleCostTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : IdleCostTests(SocketTransport.Sockets, output);
}
