using System.Diagnostics;
using System.Security.Authentication;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Handshakes by the thousand: those that are never finished cost a good one nothing, and all of them together hold up no connection that is established.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class HandshakeCrowdTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Attempts = 3;
    private const int Silent = 1000;
    private const int Halves = 1000;
    private const int GoodOnes = 40;
    private const double MostTimesIdle = 2;

    /// <summary>What the machine may make of any handshake.</summary>
    private const double AlwaysAllowed = 10;

    private const int Handshakes = 2000;
    private const int Established = 4;
    private const int WarmUp = 4000;
    private const double MostP99 = 50;

    private const string Tls = "address=ssl://127.0.0.1:0";
    private const string Plain = "address=tcp://127.0.0.1:0";
    private const string NoDeadline = "handshake=600000";
    private const string Room = "max-pending=5000";

    private static readonly byte[] Message = "and I am well"u8.ToArray();
    private static readonly byte[] Hello = TlsClient.Hello(SslProtocols.Tls13);

    [Fact]
    public Task A_good_handshake_beside_a_thousand_silent_and_a_thousand_half_ones_takes_twice_its_time_at_most() =>
        JudgeAsync(MeasureHandshakesAsync, static (idle, crowded) => crowded <= Math.Max(MostTimesIdle * idle, AlwaysAllowed));

    [Fact]
    public Task Two_thousand_handshakes_at_once_leave_established_echoes_below_fifty_milliseconds() =>
        JudgeAsync(MeasureEchoesAsync, static (_, crowded) => crowded < MostP99);

    private async Task JudgeAsync(Func<Task<(double Idle, double Crowded)>> measure, Func<double, double, bool> isGood)
    {
        string told = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            (double idle, double crowded) = await measure();
            told += $"idle {idle:0.000} ms, in the crowd {crowded:0.000} ms\n";
            output.WriteLine(told);
            if (isGood(idle, crowded))
                return;
        }

        Assert.Fail(told);
    }

    /// <summary>The median time of a good client's handshake.</summary>
    private async Task<(double Idle, double Crowded)> MeasureHandshakesAsync()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, Tls, NoDeadline, Room);
        await MedianHandshakeAsync(server);
        double idle = await MedianHandshakeAsync(server);
        RawPeer[] crowd = [.. Enumerable.Range(0, Silent + Halves).Select(_ => new RawPeer(server.EndPoint))];
        foreach (RawPeer half in crowd.Take(Halves))
            half.Send(Hello.AsSpan(0, Hello.Length / 2));
        await server.UntilAsync(static now => now.Pending == Silent + Halves);

        double crowded = await MedianHandshakeAsync(server);

        Assert.Equal(0, (await server.FiguresAsync()).HandshakesFailed);
        Assert.Empty(server.Errors);
        foreach (RawPeer peer in crowd)
            peer.Dispose();
        return (idle, crowded);
    }

    private static Task<double> MedianHandshakeAsync(HostileServer server) => Task.Run(() =>
    {
        double[] times = [.. Enumerable.Range(0, GoodOnes).Select(_ => HandshakeTime(server)).Order()];
        return times[GoodOnes / 2];
    });

    private static double HandshakeTime(HostileServer server)
    {
        long start = Stopwatch.GetTimestamp();
        using var peer = new TlsPeer(server.EndPoint);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The p99 of echoes on a plain listener of the same loops. The clients' half of a handshake is left out: it would be the test's own load.</summary>
    private async Task<(double Idle, double Crowded)> MeasureEchoesAsync()
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, [Tls, NoDeadline, Room, "+", nameof(ServerKind.Session), Plain]);
        using var established = new GoodClients(server.EndPoints[1], Established, Message);
        RawPeer[] crowd = [.. Enumerable.Range(0, Handshakes).Select(_ => new RawPeer(server.EndPoints[0]))];
        await server.UntilAsync(static now => now.Pending == Handshakes);
        await established.EchoMoreAsync(WarmUp);
        established.Forget();
        await established.EchoMoreAsync(WarmUp);

        established.InStorm = true;
        await Task.Run(() => ShakeHands(crowd));
        established.InStorm = false;

        await established.EndAsync();
        Assert.Empty(server.Errors);
        foreach (RawPeer peer in crowd)
            peer.Dispose();
        return (established.CalmP99, established.StormP99);
    }

    private static void ShakeHands(RawPeer[] crowd)
    {
        foreach (RawPeer peer in crowd)
            peer.Send(Hello);
        foreach (RawPeer peer in crowd)
            Assert.True(peer.TakesByte(), "the server ended it");
    }

    public sealed class OnEpoll(ITestOutputHelper output) : HandshakeCrowdTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : HandshakeCrowdTests(SocketTransport.Sockets, output);
}
