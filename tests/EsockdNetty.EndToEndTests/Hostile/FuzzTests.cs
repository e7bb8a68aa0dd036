using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// Twenty thousand streams of bytes that nobody would send, to a listener of packets, one of lines and one of TLS; a quarter of them on .NET's
/// sockets. Stream number n is made from n alone: a failure names it, and it can be played again.
/// </summary>
[Collection(MeasuringCollection.Name)]
public abstract class FuzzTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Packets = 8000;
    private const int Lines = 8000;
    private const int Hellos = 3000;
    private const int Flights = 1000;
    private const int AtOnce = 4;
    private const int Seed = 20_000;

    private const int MaxFrame = 4 * 1024;
    private const int MostHeldGrowth = 256 * 1024;
    private const int MostManagedGrowth = 4 * 1024 * 1024;
    private const int MostDescriptorsGrowth = 8;
    /// <summary>A peer does not fill the log.</summary>
    private const int MostWarnings = 8;

    private const int MostRssGrowth = 96 * 1024 * 1024;

    private static readonly byte[] Good = Frame.Four("and I am well formed"u8);
    private static readonly byte[] GoodLine = "and so am I\n"u8.ToArray();

    private static readonly byte[][] SomePackets =
    [
        Frame.Repeated(Frame.Four("a few"u8), 5),
        [.. Frame.Four([]), .. Frame.Four(new byte[MaxFrame]), .. Frame.Four([])],
        [.. Frame.Four(new byte[300]), .. Frame.Four(new byte[MaxFrame + 1])],
        [0xFF, 0xFF, 0xFF, 0xFF, 0],
        [0x7F, 0xFF, 0xFF, 0xFF, 0],
    ];

    private static readonly byte[][] SomeLines =
    [
        "hello\r\nyou\n\n\r\n"u8.ToArray(),
        Encoding.ASCII.GetBytes(new string('x', MaxFrame - 1) + "\n"),
        Encoding.ASCII.GetBytes(new string('\r', MaxFrame) + "\n"),
        Encoding.ASCII.GetBytes(new string('\n', MaxFrame)),
    ];

    private static readonly byte[][] SomeHellos =
    [
        TlsClient.Hello(SslProtocols.Tls12),
        TlsClient.Hello(SslProtocols.Tls13),
        [.. TlsClient.Hello(SslProtocols.Tls13), 20, 3, 3, 0, 1, 1, 23, 3, 3, 0, 32, .. new byte[32]],
    ];

    [Fact]
    public async Task Thousands_of_streams_of_nonsense_leave_the_server_as_it_was()
    {
        await using HostileServer server = await HostileServer.StartAsync(
            transport, ServerKind.Session, "packet=4", $"max-frame={MaxFrame}",
            "+", nameof(ServerKind.Pipeline), "packet=line", $"max-frame={MaxFrame}",
            "+", nameof(ServerKind.Pipeline), "packet=4", "address=ssl://127.0.0.1:0");
        int part = transport == SocketTransport.Epoll ? 1 : 4;
        await PlayAllAsync(server, 10);
        await EchoToAllAsync(server);
        Figures before = await QuietAsync(server, 0, int.MaxValue);
        int descriptors = ProcessFigures.OpenDescriptors(server.Id);

        await PlayAllAsync(server, part);
        Figures after = await QuietAsync(server, before.Accepted + ((Packets + Lines + Hellos + Flights) / part), descriptors + MostDescriptorsGrowth);
        await EchoToAllAsync(server);

        output.WriteLine($"before {before}, descriptors {descriptors}\nafter {after}, descriptors {ProcessFigures.OpenDescriptors(server.Id)}");
        Assert.Empty(server.Errors);
        Assert.InRange(server.Warnings.Count(), 0, MostWarnings);
        Assert.Equal(after.Accepted, after.Closed.Values.Sum());
        Assert.InRange(after.BytesHeld - before.BytesHeld, -MostHeldGrowth, MostHeldGrowth);
        Assert.InRange(after.ManagedBytes - before.ManagedBytes, long.MinValue, MostManagedGrowth);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRssGrowth);
    }

    private static async Task PlayAllAsync(HostileServer server, int part)
    {
        await ManyAsync(Packets / part, (number, chance) => FuzzPeer.Play(server.EndPoints[0], Mutation.Of(SomePackets[number % SomePackets.Length], chance), chance));
        await ManyAsync(Lines / part, (number, chance) => FuzzPeer.Play(server.EndPoints[1], Mutation.Of(SomeLines[number % SomeLines.Length], chance), chance));
        await ManyAsync(Hellos / part, (number, chance) => FuzzPeer.Play(server.EndPoints[2], Mutation.Of(SomeHellos[number % SomeHellos.Length], chance), chance));
        await ManyAsync(Flights / part, (number, chance) => PlayFlight(server.EndPoints[2], number, chance));
    }

    private static Task ManyAsync(int count, Action<int, Random> play)
    {
        int next = -1;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Factory.StartNew(PlayOnAndOn, TaskCreationOptions.LongRunning))).WaitAsync(Guard.Program);

        void PlayOnAndOn()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
                PlayNumber(play, number);
        }
    }

    private static void PlayNumber(Action<int, Random> play, int number)
    {
        try
        {
            play(number, new Random(Seed + number));
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"stream {number} of its kind", fault);
        }
    }

    // A whole client, of which the hello, what follows it, or the first data goes out changed.
    private static void PlayFlight(IPEndPoint server, int number, Random chance)
    {
        using var stream = new MutatingStream(TlsPeer.Connected(server), chance.Next(3), chance);
        using var tls = new SslStream(stream);
        try
        {
            tls.AuthenticateAsClient(TlsClient.Options(number % 2 == 0 ? SslProtocols.Tls12 : SslProtocols.Tls13));
            tls.Write(Good);
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException or SocketException)
        {
            Assert.False(fault is SocketException { SocketErrorCode: SocketError.TimedOut } or { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } }, "not let go");
        }
    }

    private static async Task EchoToAllAsync(HostileServer server)
    {
        Echo(server.EndPoints[0], Good);
        Echo(server.EndPoints[1], GoodLine);
        await TlsPeer.EchoOnceAsync(server.EndPoints[2], Good);
    }

    private static void Echo(IPEndPoint server, byte[] message)
    {
        using var peer = new RawPeer(server);
        byte[] back = new byte[message.Length];
        peer.Send(message);
        peer.ReceiveExactly(back);
        Assert.Equal(message, back);
    }

    private static async Task<Figures> QuietAsync(HostileServer server, long accepted, int descriptors)
    {
        await server.UntilAsync(now => now is { Connections: 0, Live: 0, Pending: 0 } && now.Accepted >= accepted && ProcessFigures.OpenDescriptors(server.Id) <= descriptors);
        return await server.CollectedAsync();
    }

    public sealed class OnEpoll(ITestOutputHelper output) : FuzzTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : FuzzTests(SocketTransport.Sockets, output);
}
