using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Traffic;

namespace EsockdNetty.Tests.Connections.Traffic;

public sealed class MessageLimitHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TrafficLimit _limit = new();

    [Fact]
    public void Delivers_the_burst_at_once_and_the_rest_in_time_and_in_order()
    {
        _limit.PerConnection = new TrafficRate(10);
        EmbeddedChannel channel = New();

        channel.WriteInbound([.. Enumerable.Range(0, 25).Cast<object>()]);
        int atOnce = channel.InboundMessages.Count;
        channel.AdvanceTimeBy(Second + TimeSpan.FromMilliseconds(1));
        int afterOne = channel.InboundMessages.Count;
        channel.AdvanceTimeBy(Second);

        Assert.Equal((10, 20), (atOnce, afterOne));
        Assert.Equal(Enumerable.Range(0, 25), channel.InboundMessages.Cast<int>());
    }

    [Fact]
    public void Withholds_the_read_until_all_is_delivered()
    {
        _limit.PerConnection = new TrafficRate(10);
        EmbeddedChannel channel = New();

        channel.WriteInbound([.. Enumerable.Range(0, 15).Cast<object>()]);
        bool before = channel.ReadPending;
        channel.AdvanceTimeBy(Second);

        Assert.False(before);
        Assert.True(channel.ReadPending);
        Assert.Equal(0, channel.Pipeline.Get<MessageLimitHandler>().Kept);
    }

    [Fact]
    public void A_flood_of_frames_in_one_buffer_is_held_within_a_turn_of_the_decoder()
    {
        _limit.PerConnection = new TrafficRate(100);
        var counter = new Counter();
        var limiter = new MessageLimitHandler(_limit);
        var channel = new EmbeddedChannel(new PacketDecoder(PacketType.Parse("1")), limiter, counter);

        channel.WriteInbound(Unpooled.WrappedBuffer(new byte[50_000]));
        int mostKept = limiter.Kept;
        for (int i = 1; i <= 100; i++)
        {
            channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(100));
            mostKept = Math.Max(mostKept, limiter.Kept);
            Assert.InRange(counter.Messages, 0, 100 + (10 * i) + 1);
        }

        Assert.InRange(mostKept, 1, 256);
        Assert.InRange(counter.Messages, 1098, 1101);
        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void Every_delivery_ends_with_its_completion()
    {
        _limit.PerConnection = new TrafficRate(10);
        var counter = new Counter();
        var channel = new EmbeddedChannel(new MessageLimitHandler(_limit), counter);

        channel.WriteInbound([.. Enumerable.Range(0, 11).Cast<object>()]);
        int before = counter.Completions;
        channel.AdvanceTimeBy(Second);

        Assert.Equal((1, 2), (before, counter.Completions));
    }

    [Fact]
    public void What_is_kept_waits_for_somebody_to_ask()
    {
        _limit.PerConnection = new TrafficRate(1);
        EmbeddedChannel channel = New();
        channel.Configuration.AutoRead = false;
        channel.WriteInbound("first", "second");

        channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));
        int before = channel.InboundMessages.Count;
        channel.Read();
        channel.RunPendingTasks();

        Assert.Equal((1, 2), (before, channel.InboundMessages.Count));
    }

    [Fact]
    public void Nothing_is_delivered_while_the_channel_cannot_be_written_to()
    {
        _limit.PerConnection = new TrafficRate(10);
        EmbeddedChannel channel = New();
        channel.WriteInbound([.. Enumerable.Range(0, 15).Cast<object>()]);
        channel.Write(Unpooled.WrappedBuffer(new byte[100 * 1024]));

        channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));
        int before = channel.InboundMessages.Count;
        channel.Flush();
        channel.RunPendingTasks();

        Assert.Equal((10, 15), (before, channel.InboundMessages.Count));
        channel.ReleaseOutbound();
    }

    [Fact]
    public void What_is_kept_at_the_end_is_released()
    {
        _limit.PerConnection = new TrafficRate(1);
        EmbeddedChannel channel = New();
        IByteBuffer first = Unpooled.WrappedBuffer(new byte[1]);
        IByteBuffer second = Unpooled.WrappedBuffer(new byte[1]);
        channel.WriteInbound(first, second);

        channel.FinishAndReleaseAll();

        Assert.Equal((0, 0), (first.ReferenceCount, second.ReferenceCount));
    }

    [Fact]
    public void Taken_out_it_delivers_what_it_kept_and_passes_on_the_read()
    {
        _limit.PerConnection = new TrafficRate(1);
        EmbeddedChannel channel = New();
        channel.WriteInbound("first", "second");

        channel.Pipeline.Remove<MessageLimitHandler>();

        Assert.Equal(["first", "second"], channel.InboundMessages);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void What_is_delivered_when_it_is_taken_out_ends_with_its_completion()
    {
        _limit.PerConnection = new TrafficRate(1);
        var counter = new Counter();
        var channel = new EmbeddedChannel(new MessageLimitHandler(_limit), counter);
        channel.WriteInbound(1, 2);

        channel.Pipeline.Remove<MessageLimitHandler>();

        Assert.Equal((2, 2), (counter.Messages, counter.Completions));
    }

    [Fact]
    public void A_connection_with_few_messages_leaves_the_rest_of_the_total_to_the_others()
    {
        _limit.Total = new TrafficRate(1, 40);
        EmbeddedChannel few = New();
        EmbeddedChannel many = New();

        few.WriteInbound(0);
        many.WriteInbound([.. Enumerable.Range(0, 39).Cast<object>()]);

        Assert.Equal(39, many.InboundMessages.Count);
    }

    [Fact]
    public void All_connections_together_keep_to_the_total_and_none_starves()
    {
        _limit.Total = new TrafficRate(100, 10);
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 5).Select(_ => New())];
        foreach (EmbeddedChannel channel in channels)
        {
            channel.WriteInbound([.. Enumerable.Range(0, 200).Cast<object>()]);
        }

        for (int i = 0; i < 500; i++)
        {
            Array.ForEach(channels, static channel => channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(10)));
            Array.ForEach(channels, static channel => channel.RunPendingTasks());
        }

        int[] delivered = [.. channels.Select(static channel => channel.InboundMessages.Count)];
        Assert.InRange(delivered.Sum(), 450, 511);
        Assert.InRange(delivered.Max() - delivered.Min(), 0, 40);
    }

    [Fact]
    public void A_connection_that_does_not_ask_keeps_no_other_waiting()
    {
        _limit.Total = new TrafficRate(10);
        EmbeddedChannel silent = New();
        EmbeddedChannel other = New();
        silent.Configuration.AutoRead = false;
        silent.WriteInbound([.. Enumerable.Range(0, 15).Cast<object>()]);
        other.WriteInbound("late");

        silent.AdvanceTimeBy(2 * Second);
        other.RunPendingTasks();
        other.AdvanceTimeBy(2 * Second);

        Assert.Single(other.InboundMessages);
    }

    [Fact]
    public void A_message_costs_no_memory()
    {
        const int Messages = 10_000;
        _limit.PerConnection = new TrafficRate(1_000_000_000);
        _limit.Total = new TrafficRate(1_000_000_000);
        var counter = new Counter();
        var channel = new EmbeddedChannel(new MessageLimitHandler(_limit), counter);
        Fire(channel, Messages);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Fire(channel, Messages);

        Assert.Equal(2 * Messages, counter.Messages);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Messages);
    }

    private static void Fire(EmbeddedChannel channel, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            channel.Pipeline.FireChannelRead(Unpooled.Empty);
        }

        channel.Pipeline.FireChannelReadComplete();
    }

    private EmbeddedChannel New() => new(new MessageLimitHandler(_limit));

    private sealed class Counter : ChannelHandlerAdapter
    {
        public int Messages { get; private set; }

        public int Completions { get; private set; }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            Messages++;
            (message as IByteBuffer)?.Release();
        }

        public override void ChannelReadComplete(IChannelHandlerContext context)
        {
            Completions++;
            context.FireChannelReadComplete();
        }
    }
}
