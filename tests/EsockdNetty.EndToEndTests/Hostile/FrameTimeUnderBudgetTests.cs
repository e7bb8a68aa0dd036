using DotNetty.Buffers;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A frame whose connection is not read, because the process holds too much, is not late for it.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class FrameTimeUnderBudgetTests(SocketTransport transport)
{
    private const int Exceeded = 230;
    private const int Relieved = 231;
    private const int Budget = 1024 * 1024;
    private const int Greedy = 60;

    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(1);

    // One reset every 100 ms at most: while so many come more than the frame time passes.
    private const int ResetsOfFrameTime = 12;

    private static readonly byte[] Slow = Frame.Four("late, and in time"u8);

    // What they hold is more than what the slow one does, so it is not the next to be reset.
    private static readonly byte[] GreedyHalf = Frame.Four(new byte[60 * 1024])[..4000];

    [Fact]
    public async Task It_stops_while_buffers_hold_more_than_the_budget_and_goes_on_when_they_hold_less()
    {
        using var log = new LogLines();
        var options = new SocketServerOptions { Transport = transport, LoggerFactory = log };
        await using OneListener server = await OneListener.Open(OneListener.Echo, FramesInTime, options);
        IByteBuffer held = PooledByteBufferAllocator.Default.Buffer(4 * Budget);
        server.Server.Update(static options => options.BufferBudget = Budget);
        Eventually.Equal(true, () => Tells(log, Exceeded));

        Peer[] greedy = await Task.WhenAll(Enumerable.Range(0, Greedy).Select(_ => BeginAsync(server, GreedyHalf)));
        using Peer slow = await BeginAsync(server, Slow[..5]);
        Eventually.Equal(1, () => server.Listener.Connections.Count(static connection => connection.Statistics.ReceivedOctets == 5));
        long before = Closed(server, CloseReason.BufferBudget);
        Eventually.Equal(true, () => Closed(server, CloseReason.BufferBudget) >= before + ResetsOfFrameTime);
        long lateWhileOver = Closed(server, CloseReason.FrameTimeout);

        // It lies there when the connection is read again.
        await slow.Send(Slow[5..]);
        server.Server.Update(static options => options.BufferBudget = long.MaxValue);
        Eventually.Equal(true, () => Tells(log, Relieved));
        byte[] answer = await slow.Receive(Slow.Length);
        Eventually.Equal(Greedy, () => (int)(Closed(server, CloseReason.BufferBudget) + Closed(server, CloseReason.FrameTimeout)));

        Assert.Equal(0, lateWhileOver);
        Assert.Equal(Slow, answer);
        Assert.InRange(Closed(server, CloseReason.FrameTimeout), 1, Greedy - ResetsOfFrameTime);
        held.Release();
        Array.ForEach(greedy, static peer => peer.Dispose());
    }

    private static void FramesInTime(ListenerOptions options)
    {
        options.Packet = PacketType.Four;
        options.Timeouts.Frame = FrameTime;
    }

    private static async Task<Peer> BeginAsync(OneListener server, byte[] part)
    {
        Peer peer = await server.Connect();
        await peer.Send(part);
        return peer;
    }

    private static bool Tells(LogLines log, int id) => log.All.Any(line => line.Id == id);

    private static long Closed(OneListener server, CloseReason reason) => server.Listener.Statistics.Closed.GetValueOrDefault(reason);

    public sealed class OnEpoll() : FrameTimeUnderBudgetTests(SocketTransport.Epoll);

    public sealed class OnSockets() : FrameTimeUnderBudgetTests(SocketTransport.Sockets);
}
