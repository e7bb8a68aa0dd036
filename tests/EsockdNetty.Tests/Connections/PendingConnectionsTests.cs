using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public sealed class PendingConnectionsTests
{
    private readonly ListenerCounters _counters = new();

    [Fact]
    public void Resets_the_oldest_when_there_are_too_many()
    {
        var pending = new PendingConnections(2, _counters);
        EmbeddedChannel[] channels = [new(), new(), new()];
        ConnectionLease oldest = ConnectionLease.Of(channels[0]);

        Array.ForEach(channels, pending.Add);

        Assert.Equal([false, true, true], channels.Select(channel => channel.Open));
        Assert.Equal(CloseReason.PendingOverflow, oldest.CloseReason);
        Assert.Equal((2, 2), (pending.Count, _counters.Snapshot().Pending));
    }

    [Fact]
    public void An_admitted_connection_is_not_pending_any_more()
    {
        var pending = new PendingConnections(1, _counters);
        var admitted = new EmbeddedChannel();
        pending.Add(admitted);

        Assert.True(pending.Remove(admitted));
        pending.Add(new EmbeddedChannel());

        Assert.True(admitted.Open);
        Assert.Equal(1, pending.Count);
    }

    [Fact]
    public void Admits_once()
    {
        var pending = new PendingConnections(1, _counters);
        var channel = new EmbeddedChannel();
        pending.Add(channel);

        bool[] admitted = [pending.Remove(channel), pending.Remove(channel)];

        Assert.Equal([true, false], admitted);
        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public async Task A_connection_that_ends_while_it_is_pending_is_forgotten()
    {
        var pending = new PendingConnections(2, _counters);
        EmbeddedChannel[] channels = [new(), new(), new()];
        pending.Add(channels[0]);
        pending.Add(channels[1]);

        await channels[1].CloseAsync();
        pending.Add(channels[2]);

        Assert.True(channels[0].Open);
        Assert.Equal((2, 2), (pending.Count, _counters.Snapshot().Pending));
    }

    [Fact]
    public void Keeps_the_order_when_one_in_the_middle_leaves()
    {
        var pending = new PendingConnections(3);
        EmbeddedChannel[] channels = [new(), new(), new(), new(), new()];
        Array.ForEach(channels[..3], pending.Add);
        pending.Remove(channels[1]);

        pending.Add(channels[3]);
        pending.Add(channels[4]);

        Assert.Equal([false, true, true, true, true], channels.Select(channel => channel.Open));
    }

    [Fact]
    public void Lowering_the_limit_resets_the_oldest_at_once()
    {
        var pending = new PendingConnections(4);
        EmbeddedChannel[] channels = [new(), new(), new()];
        Array.ForEach(channels, pending.Add);

        pending.Limit = 1;

        Assert.Equal([false, false, true], channels.Select(channel => channel.Open));
    }

    [Fact]
    public async Task A_closed_connection_does_not_become_pending()
    {
        var pending = new PendingConnections(1, _counters);
        var channel = new EmbeddedChannel();
        await channel.CloseAsync();

        pending.Add(channel);

        Assert.Equal((0, 0), (pending.Count, _counters.Snapshot().Pending));
    }

    [Fact]
    public void Is_exact_while_many_threads_come_and_go()
    {
        var pending = new PendingConnections(5, _counters);

        Parallel.For(0, 5000, i =>
        {
            var channel = new EmbeddedChannel();
            pending.Add(channel);
            if (i % 2 == 0)
            {
                pending.Remove(channel);
            }
            else
            {
                channel.Unsafe.CloseForcibly();
            }
        });

        Assert.Equal((0, 0), (pending.Count, _counters.Snapshot().Pending));
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task After_1000_silent_clients_nothing_is_left_and_a_client_is_served(SocketTransport transport)
    {
        var pending = new PendingConnections(1, _counters);
        await using TestServer server = await TestServer.Start(
            transport,
            _ => { },
            pipeline =>
            {
                pending.Add(pipeline.Channel);
                pipeline.AddLast(new ConnectionMeter(_counters), new Admission(pending), new EchoHandler());
            });

        int resets = 0;
        Task silent = Parallel.ForEachAsync(Enumerable.Range(0, 1001), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (_, _) =>
        {
            if (await SocketClient.ConnectAndReadToEnd(server.Address) is null)
            {
                Interlocked.Increment(ref resets);
            }
        });

        Eventually.Equal((1000, 1), () => (_counters.Snapshot().Closed.GetValueOrDefault(CloseReason.PendingOverflow), _counters.Current));
        Assert.True(await SocketClient.IsServed(server.Address));

        await silent;
        Assert.Equal(1001, resets);
        Eventually.Equal((0, 0), () => (pending.Count, _counters.Current));
    }

    /// <summary>Admits who sends something.</summary>
    private sealed class Admission(PendingConnections pending) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            pending.Remove(context.Channel);
            context.FireChannelRead(message);
        }
    }
}
