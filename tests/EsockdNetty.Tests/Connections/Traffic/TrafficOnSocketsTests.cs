using System.Collections.Concurrent;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Traffic;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Traffic;

/// <summary>
/// What a listener receives of clients that send without end, over sockets. A rate of one a second is as good as none: what comes through is the
/// burst, until the rate is changed.
/// </summary>
public sealed class TrafficOnSocketsTests
{
    private const int Clients = 2;
    private const int Burst = 1_000_000;
    private const int FewMessages = 100;
    private const int ManyMessages = 5_000;

    /// <summary>A read cannot be cut, and one more may come for a token of a later second.</summary>
    private const int TwoReads = 2 * 64 * 1024;

    /// <summary>Seconds that a test may last, and tokens that come in them.</summary>
    private const int LongestTest = 60;

    // More than the systems of both sides keep.
    private static readonly byte[] Bytes = new byte[16 * 1024 * 1024];
    private static readonly byte[] Frames = [.. Enumerable.Repeat(new byte[] { 1, 42 }, ManyMessages).SelectMany(static frame => frame)];
    private static readonly TrafficRate LittleAfterBurst = new(PerSecond: 1, Burst);
    private static readonly TrafficRate LittleAfterFew = new(PerSecond: 1, Burst: FewMessages);

    private readonly ConcurrentQueue<ReceivingEnd> _ends = new();

    public static TheoryData<SocketTransport> Both => Transports.Both;

    private long AllBytes => _ends.Sum(static end => end.Bytes);

    private int AllMessages => _ends.Sum(static end => end.Messages);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_connection_is_read_to_its_bytes_a_second_and_to_the_end_when_there_may_be_more(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static options => options.Limits.Traffic.BytesPerConnection = LittleAfterBurst);
        await using var crowd = await Senders.Begin(server, Clients, Bytes);

        AwaitAllHeldBack();
        Assert.All(_ends, static end => Assert.InRange(end.Bytes, Burst, Burst + TwoReads));
        Assert.DoesNotContain(crowd.Sending, static sending => sending.IsCompleted);
        server.Listener.Update(static options => options.Limits.Traffic.BytesPerConnection = new(1_000_000_000));

        await crowd.End();
        Assert.All(_ends, static end => Eventually.Equal(Bytes.Length, () => end.Bytes));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task All_connections_are_read_to_the_bytes_a_second_of_the_listener_and_to_the_end_when_it_has_none(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static options => options.Limits.Traffic.Bytes = LittleAfterBurst);
        await using var crowd = await Senders.Begin(server, Clients, Bytes);

        AwaitAllHeldBack();
        Assert.InRange(AllBytes, Burst, Burst + (Clients * TwoReads));
        Assert.DoesNotContain(crowd.Sending, static sending => sending.IsCompleted);
        server.Listener.Update(static options => options.Limits.Traffic.Bytes = null);

        await crowd.End();
        Eventually.Equal(Clients * Bytes.LongLength, () => AllBytes);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_connection_has_its_messages_a_second_and_the_rest_when_there_may_be_more(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static options => (options.Packet, options.Limits.Traffic.MessagesPerConnection) = (PacketType.One, LittleAfterFew));
        await using var crowd = await Senders.Begin(server, Clients, Frames);

        AwaitAllHeldBack();
        Assert.All(_ends, static end => Assert.InRange(end.Messages, FewMessages, FewMessages + LongestTest));
        server.Listener.Update(static options => options.Limits.Traffic.MessagesPerConnection = new(1_000_000));

        await crowd.End();
        Assert.All(_ends, static end => Eventually.Equal(ManyMessages, () => end.Messages));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task All_connections_have_the_messages_a_second_of_the_listener_and_the_rest_when_it_has_none(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static options => (options.Packet, options.Limits.Traffic.Messages) = (PacketType.One, LittleAfterFew));
        await using var crowd = await Senders.Begin(server, Clients, Frames);

        AwaitAllHeldBack();
        Eventually.Equal(true, () => AllMessages >= FewMessages);
        Assert.InRange(AllMessages, FewMessages, FewMessages + LongestTest);
        server.Listener.Update(static options => options.Limits.Traffic.Messages = null);

        await crowd.End();
        Eventually.Equal(Clients * ManyMessages, () => AllMessages);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_limit_that_is_switched_on_is_for_newcomers_and_the_living_go_on_without(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static _ => { });
        await using var living = await Senders.Begin(server, 1, [1]);
        Eventually.Equal(1, () => AllBytes);
        server.Listener.Update(static options => options.Limits.Traffic.BytesPerConnection = LittleAfterBurst);

        await using var newcomer = await Senders.Begin(server, 1, Bytes);
        Eventually.Equal(true, () => _ends.Last().IsHeldBack);
        await living.Send(Bytes);

        Eventually.Equal(Bytes.Length + 1, () => _ends.First().Bytes);
        Assert.InRange(_ends.Last().Bytes, Burst, Burst + TwoReads);
    }

    private Task<OneListener> Open(SocketTransport transport, Action<ListenerOptions> configure) => OneListener.OpenPipeline(
        pipeline =>
        {
            var end = new ReceivingEnd();
            pipeline.AddLast(end);
            _ends.Enqueue(end);
        },
        configure,
        new SocketServerOptions { Transport = transport, Loops = 2 });

    private void AwaitAllHeldBack() => Eventually.Equal(Clients, () => _ends.Count(static end => end.IsHeldBack));
}
