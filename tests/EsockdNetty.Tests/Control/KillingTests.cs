using System.Globalization;
using DotNetty.Buffers;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using EsockdNetty.TestSupport;
using Xunit.Abstractions;

namespace EsockdNetty.Tests.Control;

/// <summary>
/// Connections of a hundred clients are killed at random for ten seconds, or for as many as the environment variable ESOCKD_KILLING_SECONDS says:
/// by the server, in order and by force, and by the clients. The seed is told.
/// </summary>
public sealed class KillingTests(ITestOutputHelper output) : LeakFreeTests(Eventually.Guard)
{
    private const string Seconds = "ESOCKD_KILLING_SECONDS";
    private const int PlainClients = 80;
    private const int SecureClients = 20;
    private const int Killers = 2;

    /// <summary>What the runtime itself may have opened since.</summary>
    private const int MostDescriptorsGrowth = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);

    private static TimeSpan Length =>
        TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable(Seconds), CultureInfo.InvariantCulture, out double seconds) ? seconds : 10);

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Killing_connections_at_random_leaves_no_leak_and_a_listener_that_accepts(SocketTransport transport)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await Kill(transport, seed, WarmUp);
        int descriptors = OpenDescriptors;
        long held = BufferMemory.Held;

        await Kill(transport, seed, Length);

        Eventually.Equal((true, true), () => (OpenDescriptors <= descriptors + MostDescriptorsGrowth, BufferMemory.Held <= held));
    }

    private static int OpenDescriptors => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    private async Task Kill(SocketTransport transport, int seed, TimeSpan length)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, Packets, new SocketServerOptions { Transport = transport, Loops = 2 });
        var tls = new ListenerOptions("tls", "");
        OneListener.Tls(tls);
        Packets(tls);
        Listener[] listeners = [server.Listener, await server.Server.OpenAsync(tls, static pipeline => pipeline.AddLast(new EchoHandler()))];
        using var over = new CancellationTokenSource(length);
        Task victims = Task.WhenAll(Enumerable.Range(0, PlainClients + SecureClients).Select(number =>
            Task.Run(() => Victim.ComeAgainAndAgain(listeners[number < PlainClients ? 0 : 1], new Random(seed + number), over.Token))));
        Task<int[]> killers = Task.WhenAll(Enumerable.Range(0, Killers).Select(number => Task.Run(() => KillOnAndOn(listeners, new Random(seed - number), over.Token))));

        int killed = (await killers).Sum();
        await victims.WaitAsync(Eventually.Guard);

        foreach (Listener listener in listeners)
        {
            AssertNothingIsLeft(listener);
            using Peer newcomer = listener.Address.IsTls ? await Peer.ConnectTls(listener) : await Peer.Connect(listener);
            await newcomer.Send(0, 1, 42);
            Assert.Equal([0, 1, 42], await newcomer.Receive(3));
            output.WriteLine($"{listener.Name}: accepted {listener.Statistics.Accepted}, closed {string.Join(", ", listener.Statistics.Closed)}");
        }

        Assert.True(killed > 0);
    }

    private static void Packets(ListenerOptions options) => options.Packet = PacketType.Two;

    private static async Task<int> KillOnAndOn(Listener[] listeners, Random chance, CancellationToken over)
    {
        int killed = 0;
        while (!over.IsCancellationRequested)
        {
            Connection[] living = [.. listeners[chance.Next(listeners.Length)].Connections];
            if (living.Length > 0)
            {
                killed++;
                KillOne(living[chance.Next(living.Length)], chance);
            }

            // Those killed come again before the next one is.
            await Task.Delay(1, CancellationToken.None);
        }

        return killed;
    }

    private static void KillOne(Connection connection, Random chance)
    {
        if (chance.Next(2) == 0)
        {
            connection.Reset();
        }
        else
        {
            _ = connection.CloseAsync();
        }
    }

    private static void AssertNothingIsLeft(Listener listener) =>
        Eventually.Equal(
            (0, 0, 0L, 0L, 0L),
            () => (
                listener.ConnectionCount, listener.Limit.Count, listener.Statistics.Current, listener.Statistics.Pending,
                listener.Statistics.Accepted - listener.Statistics.Closed.Values.Sum()));
}
