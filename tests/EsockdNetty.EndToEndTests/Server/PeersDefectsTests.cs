using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.EndToEndTests.Hostile;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.HostileHost;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>What was measured of other servers, or read in them, and must not be said of ours: each of their defects, as what ours does instead.</summary>
public abstract partial class PeersDefectsTests(SocketTransport transport, FailingAccepts accepts)
{
    private const int ProcessTableFull = 24;
    private const int SystemTableFull = 23;
    private const int Closed = 9;
    private const int Cancelled = 125;

    private SocketServerOptions OnTransport => new() { Transport = transport };

    // esockd: set_max_connections on a TLS listener replaces all options: 4 acceptors become 16, and newcomers are served in plaintext.
    [Fact]
    public async Task Changing_the_connection_limit_of_a_TLS_listener_changes_nothing_else_and_newcomers_still_speak_TLS()
    {
        SocketServerOptions twoLoops = OnTransport;
        twoLoops.Loops = 2;
        await using OneListener server = await OneListener.Open(OneListener.Echo, TwoTlsAcceptors, twoLoops);
        CommonListenerOptions before = server.Listener.Options;
        int acceptors = ListeningSockets(server.Listener);

        server.Listener.Update(static options => options.Limits.MaxConnections = 500);

        Assert.Equal(["Limits:MaxConnections"], OptionPaths.Differing(before, server.Listener.Options));
        Assert.Equal((2, 2, 500), (acceptors, ListeningSockets(server.Listener), server.Listener.MaxConnections));
        using Peer newcomer = await server.ConnectTls();
        Assert.True(await newcomer.IsServed());
        using Peer plain = await server.Connect();
        Assert.False(await plain.IsServed());
    }

    // esockd: a limiter of capacity 3 admits 2, and TCP and TLS listeners take no notice of max_conn_rate.
    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task A_rate_of_three_admits_three_on_plain_and_TLS_listeners(string scheme)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, options =>
        {
            if (scheme == "ssl")
                OneListener.Tls(options);
            options.Limits.Rate = new ConnectionRate(3, TimeSpan.FromHours(1));
        }, OnTransport);

        for (int i = 0; i < 3; i++)
        {
            using Peer peer = await server.Connect(scheme);
            Assert.True(await peer.IsServed());
        }

        Assert.True(await Peer.IsRefused(server.Listener));
        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.Rate));
    }

    // esockd: after EMFILE it closes the clients that waited.
    [PeerTheory("gcc")]
    [InlineData(ProcessTableFull)]
    [InlineData(SystemTableFull)]
    public async Task Clients_that_waited_while_the_descriptor_table_was_full_are_served(int errno)
    {
        const int Tries = 5;
        accepts.Fail(errno, times: int.MaxValue);
        Task<EchoClient>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Program)))];
        Eventually.Equal(true, () => accepts.Left < int.MaxValue - Tries);
        Assert.DoesNotContain(waiting, static client => client.IsCompleted);

        accepts.Fail(errno, times: 0);

        foreach (EchoClient served in await Task.WhenAll(waiting))
            served.Dispose();
    }

    // esockd: ulimit() never answers below 1023, so a small limit is not respected.
    [PeerFact("prlimit")]
    public async Task The_gate_follows_the_descriptor_limit_also_below_1023()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);
        var served = new List<EchoClient>();

        await FillAsync(server, limit: 200, firstReserved: 166, served);
        await FillAsync(server, limit: 300, firstReserved: 265, served);

        Assert.True(await served[0].EchoesAsync(Guard.Within(Guard.Event)), server.ToString());
        await server.LogAsync(": descriptor_reserve;");
        served.ForEach(static client => client.Dispose());
    }

    // esockd: a line at level error for each connection it refuses.
    [Fact]
    public async Task Refusals_are_one_line_a_second_and_none_is_lost_between_the_lines()
    {
        const int Refused = 200;
        using var log = new LogLines();
        SocketServerOptions logging = OnTransport;
        logging.LoggerFactory = log;
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => options.Limits.MaxConnections = 1, logging);
        using Peer served = await server.Connect();
        Assert.True(await served.IsServed());
        for (int i = 0; i < Refused; i++)
            Assert.True(await Peer.IsRefused(server.Listener));

        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        string[] lines = [.. log.All.Where(static line => line.Id == 200).Select(static line => line.Text)];
        Assert.InRange(lines.Length, 1, Refused / 4);
        Assert.Equal(Refused, server.Listener.Statistics.Refused[RefusalReason.MaxConnections]);
        Assert.Equal(Refused, lines.Sum(static line => 1 + int.Parse(NotListed().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    // ranch: pauses after EMFILE, and tries again at once after ENFILE.
    [PeerFact("gcc")]
    public async Task A_full_table_of_the_system_makes_the_same_pauses_as_a_full_table_of_the_process()
    {
        (int Pauses, int LongestMilliseconds) process = await PausesAsync(ProcessTableFull, failures: 8);
        (int Pauses, int LongestMilliseconds) system = await PausesAsync(SystemTableFull, failures: 8);

        // 5 ms, and doubled seven times.
        Assert.Equal((8, 640), process);
        Assert.Equal(process, system);
    }

    // gen_tcp: 65536 bytes under {packet,2} are sent with a header of 00 00.
    [Fact]
    public async Task A_packet_too_long_for_its_header_is_refused_and_the_stream_goes_on()
    {
        var thrown = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OneListener.Open(
            async (session, closed) =>
            {
                await session.SendAsync(new byte[] { 1 }, closed);
                thrown.SetResult(await Record.ExceptionAsync(async () => await session.SendAsync(new byte[65536], closed)));
                await session.SendAsync(new byte[] { 2 }, closed);
            },
            static options => options.Packet = PacketType.Two,
            OnTransport);
        using Peer peer = await server.Connect();

        byte[] received = await peer.ReceiveToEnd();

        Assert.Equal(PacketFault.BodyTooLong, Assert.IsType<PacketException>(await thrown.Task.WaitAsync(Eventually.Guard)).Kind);
        Assert.Equal([0, 1, 1, 0, 1, 2], received);
    }

    // gen_tcp: under {packet,4} it allocates what the header announces, 511 MiB.
    [Fact]
    public async Task Memory_grows_with_what_is_received_and_not_with_what_a_header_announces()
    {
        const int Peers = 20;
        const int Sent = 100 * 1024;
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, "packet=4", "max-frame=2147483643", "frame=600000");
        Figures before = await server.MarkAsync();

        RawPeer[] peers = [.. Enumerable.Range(0, Peers).Select(_ => new RawPeer(server.EndPoint))];
        foreach (RawPeer peer in peers)
            peer.Send([0x1F, 0xF0, 0, 0, .. new byte[Sent]]);
        Figures full = await server.UntilAsync(static now => now.BytesHeld >= Peers * Sent);

        Assert.InRange(full.MostBytesHeld, Peers * Sent, 4 * Peers * Sent);
        Assert.InRange(full.MostRss - before.Rss, long.MinValue, 256L * 1024 * 1024);
        foreach (RawPeer peer in peers)
            peer.Dispose();
    }

    [Fact]
    public async Task A_header_that_announces_more_than_the_limit_which_there_is_by_default_ends_its_connection_alone()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => options.Packet = PacketType.Four, OnTransport);
        using Peer other = await server.Connect();
        using Peer peer = await server.Connect();

        await peer.Send(0x1F, 0xF0, 0, 0);
        await peer.EndsInOrder();
        peer.Dispose();

        Assert.Equal("FrameTooLong 1", server.Endings(1));
        await other.Send(0, 0, 0, 1, 42);
        Assert.Equal([0, 0, 0, 1, 42], await other.Receive(5));
    }

    // A blog's server: any message disarms its idle timer.
    [Fact]
    public async Task Only_bytes_of_the_peer_keep_a_connection_from_being_idle()
    {
        await using OneListener server = await OneListener.Open(SendWithoutEnd, static options => options.Timeouts.Idle = TimeSpan.FromMilliseconds(100), OnTransport);
        using Peer silent = await server.Connect();

        await silent.EndsInOrder();
        silent.Dispose();

        Assert.Equal("Idle 1", server.Endings(1));
    }

    // The same: a child that cannot be started ends accepting, and nobody is told.
    [Fact]
    public async Task Handlers_that_cannot_begin_cost_their_connection_and_accepting_goes_on()
    {
        const int Failing = 10;
        await using OneListener server = await OneListener.OpenPipeline(static _ => throw new InvalidTimeZoneException(), null, OnTransport);
        for (int i = 0; i < Failing; i++)
        {
            using Peer peer = await server.Connect();
            await peer.EndsInOrder();
        }

        Assert.Equal($"HandlerFault {Failing}", server.Endings(Failing));
        server.Listener.SwapHandlers(OneListener.Echo);
        using Peer newcomer = await server.Connect();
        Assert.True(await newcomer.IsServed());
        Assert.Equal(ListenerState.Running, server.Listener.State);
    }

    // Kestrel: takes OperationAborted, which is what .NET makes of these two, for its own stop: a listener dies silently.
    [PeerTheory("gcc")]
    [InlineData(Closed)]
    [InlineData(Cancelled)]
    public async Task Only_our_own_stop_ends_accepting(int errno)
    {
        using EchoClient living = await EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        accepts.Fail(errno, times: 1);
        using EchoClient newcomer = await EchoClient.ServedInTheEndAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        Assert.Equal(0, accepts.Left);
        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), accepts.Server.ToString());
        Assert.False(accepts.Server.HasExited);
    }

    [GeneratedRegex(@"; (\d+) more not listed")]
    private static partial Regex NotListed();

    [GeneratedRegex(@"accepted nothing for (\d+) ms: Descriptors \(\w+\); (\d+) more")]
    private static partial Regex Paused();

    /// <summary>What a server of its own tells of its pauses when so many accepts in a row fail.</summary>
    private async Task<(int Pauses, int LongestMilliseconds)> PausesAsync(int errno, int failures)
    {
        await using var failing = new FailingAccepts(transport);
        await failing.StartAsync();
        failing.Fail(errno, failures);
        using EchoClient served = await EchoClient.ServedAsync(failing.Server.EndPoint(), Guard.Within(Guard.Event));
        await failing.Server.LogAsync(log => Told(log).Sum(static line => 1 + Figure(line, 2)) >= failures);

        Match[] lines = [.. Told(failing.Server.Log)];
        return (lines.Sum(static line => 1 + Figure(line, 2)), lines.Max(static line => Figure(line, 1)));

        static IEnumerable<Match> Told(string log) => Paused().Matches(log);
        static int Figure(Match line, int group) => int.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    private static void TwoTlsAcceptors(ListenerOptions options)
    {
        OneListener.Tls(options);
        options.Acceptors = 2;
    }

    private static async Task SendWithoutEnd(Session session, CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            await session.SendAsync(new byte[] { 1 }, closed);
            await Task.Yield();
        }
    }

    // In proc(5) a socket that listens has the state 0A.
    private static int ListeningSockets(Listener listener) =>
        File.ReadLines("/proc/net/tcp").Count(line => line.Contains($":{((IPEndPoint)listener.Address.EndPoint).Port:X4} 00000000:0000 0A", StringComparison.Ordinal));

    /// <summary>Lets clients in until one is turned away: then every number below the reserve is taken, but for those the server frees meanwhile.</summary>
    private static async Task FillAsync(EchoServerProcess server, long limit, int firstReserved, List<EchoClient> served)
    {
        const int Slack = 8;
        CancellationToken deadline = Guard.Within(Guard.Event);
        await DescriptorLimit.SetAsync(server.Id, limit);
        while (await EnterAsync(server, served, deadline) || ProcessFigures.OpenDescriptors(server.Id) < firstReserved - Slack)
            Assert.True(ProcessFigures.OpenDescriptors(server.Id) < firstReserved + Slack, $"it goes into the reserve of a limit of {limit}\n{server}");
    }

    private static async Task<bool> EnterAsync(EchoServerProcess server, List<EchoClient> served, CancellationToken deadline)
    {
        try
        {
            served.Add(await EchoClient.ServedAsync(server.EndPoint(), deadline));
            return true;
        }
        catch (Exception fault) when (fault is SocketException or InvalidOperationException)
        {
            return false;
        }
    }

    public sealed class OnEpoll(FailingAccepts.Epoll accepts) : PeersDefectsTests(SocketTransport.Epoll, accepts), IClassFixture<FailingAccepts.Epoll>;

    public sealed class OnSockets(FailingAccepts.Sockets accepts) : PeersDefectsTests(SocketTransport.Sockets, accepts), IClassFixture<FailingAccepts.Sockets>;
}
