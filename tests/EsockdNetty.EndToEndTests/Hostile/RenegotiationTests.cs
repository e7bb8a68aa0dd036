using System.Globalization;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Clients that want new keys again and again: s_client's R asks for a new handshake (TLS 1.2), its K for new keys (TLS 1.3).</summary>
[Collection(MeasuringCollection.Name)]
public abstract class RenegotiationTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Clients = 4;
    private const int TimesEach = 20;
    private const double MostProcessorSeconds = 4;

    private static readonly byte[] Message = "and I keep mine"u8.ToArray();

    [PeerTheory("openssl")]
    [InlineData("-tls1_2", "R")]
    [InlineData("-tls1_3", "K")]
    public async Task Asking_for_new_keys_ends_the_connection_or_is_ignored_and_harms_nobody(string version, string command)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Pipeline, "address=ssl://127.0.0.1:0");
        using var other = new TlsPeer(server.EndPoint);
        other.Echo(Message);
        double before = ProcessFigures.ProcessorSeconds(server.Id);

        for (int i = 0; i < Clients; i++)
            await AskAgainAndAgainAsync(server, version, command);

        other.Echo(Message);
        await TlsPeer.EchoOnceAsync(server.EndPoint, Message);
        Figures after = await server.UntilAsync(static now => now is { Connections: 1, Live: 1, Pending: 0 });
        double processor = ProcessFigures.ProcessorSeconds(server.Id) - before;
        output.WriteLine($"processor {processor:0.00} s, after {after}");
        Assert.Equal(Clients + 2, after.HandshakesCompleted);
        Assert.InRange(processor, 0, MostProcessorSeconds);
        Assert.Empty(server.Errors);
    }

    private async Task AskAgainAndAgainAsync(HostileServer server, string version, string command)
    {
        string port = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        await using var client = new ChildProgram("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", version]);
        await client.WriteAsync("first\n");
        await client.OutputAsync(static text => text.Contains("\nfirst\n", StringComparison.Ordinal));

        int answered = 0;
        while (answered < TimesEach && await IsAnsweredAsync(client, command, answered + 1))
            answered++;
        output.WriteLine($"{command} {version}: echoed to after {answered} of {TimesEach}");
    }

    // s_client takes a command where a read begins with it: the echo between two keeps them apart.
    private static async Task<bool> IsAnsweredAsync(ChildProgram client, string command, int number)
    {
        try
        {
            await client.WriteAsync(command + "\n");
            await client.ErrorAsync(text => Commands(text) >= number);
            await client.WriteAsync($"still here {number}\n");
            await client.OutputAsync(text => text.Contains($"still here {number}\n", StringComparison.Ordinal));
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // A pipe nobody reads, or an output that ended: s_client has left, and that only.
            await client.ExitAsync();
            return false;
        }
    }

    private static int Commands(string told) =>
        told.Split("RENEGOTIATING", StringSplitOptions.None).Length + told.Split("KEYUPDATE", StringSplitOptions.None).Length - 2;

    public sealed class OnEpoll(ITestOutputHelper output) : RenegotiationTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : RenegotiationTests(SocketTransport.Sockets, output);
}
