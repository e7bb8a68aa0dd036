using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Connections.Budget;
using EsockdNetty.HostileHost.Handlers;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Peers that together begin more than the process may hold, each within its own limits.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class BufferBudgetTests(ITestOutputHelper output)
{
    private const long Budget = 8 * 1024 * 1024;
    private const int Greedy = 24;

    // Each begins a message for which a block of 1 MiB is taken.
    private const int TooMany = Greedy - (int)(Budget / (1024 * 1024));
    private const int GoodOnes = 2;
    private const int Part = 64 * 1024;
    private const int Parts = 12;

    private static readonly byte[] Good = Frame.Four("and I am whole"u8);

    // Of a frame of 1 MiB less its header.
    private static readonly byte[] Head = [0, 15, 255, 252];

    protected abstract IEventLoopGroup NewLoops();

    protected abstract IServerChannel NewServerChannel();

    [Fact]
    public async Task The_greediest_are_reset_until_the_rest_fits_and_the_others_are_served()
    {
        IEventLoopGroup loops = NewLoops();
        var counters = new ListenerCounters();
        long before = BufferMemory.Held;
        using var budget = new BufferBudget(before + Budget, loops.Items, NullLogger.Instance);
        IChannel server = await BindAsync(loops, counters, budget);
        budget.Start();
        using var good = new GoodClients((IPEndPoint)server.LocalAddress, GoodOnes, Good);
        await good.EchoMoreAsync(100);

        RawPeer[] greedy = [.. Enumerable.Range(0, Greedy).Select(_ => new RawPeer((IPEndPoint)server.LocalAddress))];
        Task<bool>[] floods = [.. greedy.Select(peer => Task.Factory.StartNew(() => peer.Flood(Head, 1) && peer.Flood(new byte[Part], Parts), TaskCreationOptions.LongRunning))];
        bool[] done = await Task.WhenAll(floods).WaitAsync(Guard.Program);
        bool relieved = SpinWait.SpinUntil(() => budget.Resets >= TooMany && !budget.IsExceeded && BufferMemory.Held <= budget.Bytes, Guard.Event);
        await good.EchoMoreAsync(100);
        await good.EndAsync();

        long Closed() => counters.Snapshot().Closed.GetValueOrDefault(CloseReason.BufferBudget);
        SpinWait.SpinUntil(() => Closed() == budget.Resets, Guard.Event);
        long resets = Closed();
        output.WriteLine($"{resets} of {Greedy} reset, {done.Count(static sent => sent)} sent all, {BufferMemory.Held - before:N0} bytes held of {Budget:N0}");
        Assert.True(relieved, $"{BufferMemory.Held - before:N0} bytes are held");
        Assert.InRange(resets, TooMany, Greedy - 1);
        foreach (RawPeer peer in greedy)
            peer.Reset();
        await server.CloseAsync().WaitAsync(Guard.Event);
        await loops.ShutdownGracefullyAsync(TimeSpan.Zero, Guard.Event).WaitAsync(Guard.Event);
    }

    private Task<IChannel> BindAsync(IEventLoopGroup loops, ListenerCounters counters, BufferBudget budget)
    {
        var stage = new BufferBudgetHandler(budget);
        var packet = PacketType.Parse("4");
        return new ServerBootstrap()
            .Group(loops)
            .ChannelFactory(NewServerChannel)
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(
                new ConnectionMeter(counters),
                stage,
                new PacketDecoder(packet) { FrameTimeout = Guard.Program },
                new PacketEncoder(packet),
                new EchoHandler())))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard.Event);
    }
}

public sealed class EpollBufferBudgetTests(ITestOutputHelper output) : BufferBudgetTests(output)
{
    protected override IEventLoopGroup NewLoops() => new EpollEventLoopGroup(2);

    protected override IServerChannel NewServerChannel() => new EpollServerSocketChannel();
}

public sealed class SocketsBufferBudgetTests(ITestOutputHelper output) : BufferBudgetTests(output)
{
    protected override IEventLoopGroup NewLoops() => new MultithreadEventLoopGroup(2);

    protected override IServerChannel NewServerChannel() => new TcpServerSocketChannel();
}
