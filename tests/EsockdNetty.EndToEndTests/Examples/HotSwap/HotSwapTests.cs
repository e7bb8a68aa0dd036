using EsockdNetty.EndToEndTests.Hostile;

namespace EsockdNetty.EndToEndTests.Examples.HotSwap;

/// <summary>The example that replaces its handlers' assembly while it serves.</summary>
public abstract class HotSwapTests(SocketTransport transport)
{
    private const int Clients = 100;
    private const int ManyEchoes = 20 * Clients;

    private static readonly byte[] Line = "one of many\n"u8.ToArray();
    private static readonly byte[] Stamped = "v2 one of many\n"u8.ToArray();

    [Fact]
    public async Task Under_a_hundred_clients_the_handlers_are_replaced_none_is_dropped_and_the_old_ones_are_unloaded()
    {
        await using HotSwapProcess program = await HotSwapProcess.StartAsync(transport);

        using (var old = new GoodClients(program.EndPoint, Clients, Line))
        {
            await old.EchoMoreAsync(ManyEchoes);
            string loaded = await program.TellAsync("v2");
            Assert.Equal(Stamped, Answer(program));
            await old.EchoMoreAsync(ManyEchoes);
            await old.EndAsync();
            Assert.Equal("loaded v1 v2", loaded);
        }

        await program.UntilAsync("loaded v2", () => Assert.Equal(Stamped, Answer(program)));
    }

    [Fact]
    public async Task A_version_that_is_not_there_changes_nothing()
    {
        await using HotSwapProcess program = await HotSwapProcess.StartAsync(transport);

        string loaded = await program.TellAsync("v3");

        Assert.Equal("loaded v1", loaded);
        await program.ErrorAsync("v3: Could not find");
        using var client = new GoodClients(program.EndPoint, 1, Line);
        await client.EchoMoreAsync(1);
        await client.EndAsync();
    }

    private static byte[] Answer(HotSwapProcess program)
    {
        using var peer = new RawPeer(program.EndPoint);
        byte[] answer = new byte[Stamped.Length];
        peer.Send(Line);
        peer.ReceiveExactly(answer);
        return answer;
    }

    public sealed class OnEpoll() : HotSwapTests(SocketTransport.Epoll);

    public sealed class OnSockets() : HotSwapTests(SocketTransport.Sockets);
}
