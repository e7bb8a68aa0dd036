using System.Diagnostics;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests;

[Collection(MeasuringCollection.Name)]
public abstract class DescriptorExhaustionTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Room = 96;
    private const int Clients = 400;
    private const double MostOfACore = 0.25;

    // Two seconds are asked for on a machine that has them to give: another program may hold the processors for one of them.
    private const int Attempts = 3;

    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Relief = TimeSpan.FromSeconds(2);

    [PeerFact("prlimit")]
    public Task A_full_descriptor_table_neither_kills_nor_spins_and_its_relief_is_felt_at_once() => InOneOfSomeAttemptsAsync(FillAndRelieveAsync);

    [PeerFact("prlimit")]
    public Task Connections_that_leave_make_room_for_newcomers() => InOneOfSomeAttemptsAsync(FillAndLeaveAsync);

    private static async Task InOneOfSomeAttemptsAsync(Func<Task> attemptAsync)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await attemptAsync();
                return;
            }
            catch (TimeoutException) when (attempt < Attempts)
            {
                // Late once is a busy machine; late each time is the server.
            }
        }
    }

    private async Task FillAndRelieveAsync()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);
        using EchoClient living = await EchoClient.ServedAsync(server.EndPoint(), Guard.Within(Guard.Event));
        long before = await DescriptorLimit.GetAsync(server.Id);
        await DescriptorLimit.SetAsync(server.Id, ProcessFigures.OpenDescriptors(server.Id) + Room);

        await using (var crowd = new Crowd(server.EndPoint(), Clients))
        {
            double share = await ShareOfACoreAsync(server);
            output.WriteLine($"{crowd.Served} of {Clients} served, {share:P1} of a core");

            Assert.False(server.HasExited, server.ToString());
            Assert.True(share < MostOfACore, $"{share:P1} of a core while {Clients} clients retry");
            Assert.InRange(crowd.Served, 1, Room);
            Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");

            await DescriptorLimit.SetAsync(server.Id, before);
            using EchoClient newcomer = await NewcomerAsync(server);
        }

        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");
        await server.SignalAsync("TERM");
        Assert.True(await server.ExitAsync() == 0, server.ToString());
    }

    private async Task FillAndLeaveAsync()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);
        using EchoClient living = await EchoClient.ServedAsync(server.EndPoint(), Guard.Within(Guard.Event));
        await DescriptorLimit.SetAsync(server.Id, ProcessFigures.OpenDescriptors(server.Id) + Room);

        await using (var crowd = new Crowd(server.EndPoint(), Clients))
            await Task.Delay(Rush);

        using EchoClient newcomer = await NewcomerAsync(server);
        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");
    }

    private static async Task<EchoClient> NewcomerAsync(EchoServerProcess server)
    {
        try
        {
            return await EchoClient.ServedInTheEndAsync(server.EndPoint(), Guard.Within(Relief));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no newcomer was served within {Relief.TotalSeconds} s of relief\n{server}");
        }
    }

    // First there is the rush; the figure is for the time after it, when the door stays shut.
    private static async Task<double> ShareOfACoreAsync(EchoServerProcess server)
    {
        await Task.Delay(Rush);
        double used = ProcessFigures.ProcessorSeconds(server.Id);
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(Measured);
        return (ProcessFigures.ProcessorSeconds(server.Id) - used) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public sealed class OnEpoll(ITestOutputHelper output) : DescriptorExhaustionTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : DescriptorExhaustionTests(SocketTransport.Sockets, output);
}
