using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Peers that connect, send a little and reset.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class RstStormTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int MostResets = 10_000;
    private const int Senders = 4;
    private const int GoodOnes = 2;
    private const int MostHeldAfter = 256 * 1024;
    private const int MostRssGrowth = 96 * 1024 * 1024;

    private static readonly byte[] Good = Frame.Four("and I stay"u8);

    private int Resets => transport == SocketTransport.Epoll ? MostResets : MostResets / 4;

    [Theory]
    [InlineData(nameof(ServerKind.Session))]
    [InlineData(nameof(ServerKind.Pipeline))]
    public async Task Thousands_of_resets_leave_every_counter_at_nought_and_the_server_serving(string kind)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, Enum.Parse<ServerKind>(kind), "packet=4");
        using var good = new GoodClients(server.EndPoint, GoodOnes, Good);
        await good.EchoMoreAsync(1000);
        Figures before = await server.MarkAsync();

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => ResetMany(server)))).WaitAsync(Guard.Program);
        Figures after = await server.UntilAsync(now => now.Connections == GoodOnes && now.Live == GoodOnes && now.Accepted - GoodOnes == now.Closed.Values.Sum());
        await good.EchoMoreAsync(100);
        await good.EndAsync();

        output.WriteLine($"before {before}\nafter {after}");
        Assert.InRange(after.Accepted, GoodOnes + 1, Resets + GoodOnes);
        Assert.Equal(0, after.Pending);
        Assert.Empty(after.Refused);
        Assert.InRange(after.BytesHeld - before.BytesHeld, -MostHeldAfter, MostHeldAfter);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRssGrowth);
    }

    [Fact]
    public async Task Nothing_is_left_when_all_have_gone()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, "packet=4");

        ResetMany(server);

        // One that was reset before it was accepted is no connection for the system, and may be none for us.
        Figures after = await server.UntilAsync(static now => now is { Accepted: > 0, Connections: 0, Live: 0, Pending: 0 });
        output.WriteLine($"after {after}");
        Assert.InRange(after.BytesHeld, 0, MostHeldAfter);
    }

    private void ResetMany(HostileServer server)
    {
        for (int i = 0; i < Resets / Senders; i++)
        {
            var peer = new RawPeer(server.EndPoint);

            // None, part of a header, part of a body, or whole frames that are being answered.
            peer.Send(Frame.Four(new byte[32]).AsSpan(0, (i % 4) switch { 0 => 0, 1 => 2, 2 => 20, _ => 36 }));
            peer.Reset();
        }
    }

    public sealed class OnEpoll(ITestOutputHelper output) : RstStormTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : RstStormTests(SocketTransport.Sockets, output);
}
