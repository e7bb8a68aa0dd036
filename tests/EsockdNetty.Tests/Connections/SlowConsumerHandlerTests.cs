using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

public sealed class SlowConsumerHandlerTests
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    private readonly EventRecorder _recorder = new();

    [Fact]
    public void Withholds_reads_while_the_channel_is_not_writable()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(100 * 1024));

        channel.WriteInbound("a message");

        Assert.False(channel.IsWritable);
        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void Passes_the_read_on_when_the_channel_is_writable_again()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(100 * 1024));
        channel.WriteInbound("a message");

        channel.Flush();

        Assert.True(channel.IsWritable);
        Assert.True(channel.ReadPending);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Asks_for_nothing_nobody_asked_for()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Configuration.AutoRead = false;
        channel.WriteInbound("a message");
        channel.Write(Bytes(100 * 1024));

        channel.Flush();

        Assert.False(channel.ReadPending);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Resets_a_connection_for_which_too_much_waits()
    {
        EmbeddedChannel channel = NewChannel();
        ConnectionLease lease = ConnectionLease.Of(channel);
        channel.Write(Bytes(1001));
        IByteBuffer next = Bytes(1);

        channel.Write(next);

        Assert.False(channel.Open);
        Assert.Equal(CloseReason.SlowConsumer, lease.CloseReason);
        Assert.Equal(0, next.ReferenceCount);
        Assert.IsType<SlowConsumerException>(Assert.Single(_recorder.Exceptions));
    }

    [Fact]
    public async Task A_write_with_a_promise_fails_it_instead_of_firing()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(1001));

        SlowConsumerException fault = await Assert.ThrowsAsync<SlowConsumerException>(() => channel.WriteAsync(Bytes(1)));

        Assert.Equal((1001, 1000), (fault.PendingBytes, fault.Limit));
        Assert.False(channel.Open);
        Assert.Empty(_recorder.Exceptions);
    }

    [Fact]
    public void Judges_by_what_waited_before_the_write()
    {
        EmbeddedChannel channel = NewChannel();

        channel.Write(Bytes(1000));
        channel.Write(Bytes(5000));

        Assert.True(channel.Open);
        channel.Flush();
        channel.ReleaseOutbound();
    }

    [Fact]
    public async Task Drops_the_write_and_keeps_the_connection_where_it_is_told_to()
    {
        EmbeddedChannel channel = NewChannel(SlowConsumerPolicy.DropWrite);
        IByteBuffer dropped = Bytes(1);
        channel.Write(Bytes(1001));

        channel.Write(dropped);
        await Assert.ThrowsAsync<SlowConsumerException>(() => channel.WriteAsync(Bytes(1)));

        Assert.True(channel.Open);
        Assert.Equal(0, dropped.ReferenceCount);
        Assert.Empty(_recorder.Exceptions);
        Assert.Equal(2, channel.Pipeline.Get<SlowConsumerHandler>().DroppedWrites);
        channel.Flush();
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Resets_a_connection_whose_oldest_byte_waits_too_long()
    {
        EmbeddedChannel channel = NewChannel();
        ConnectionLease lease = ConnectionLease.Of(channel);
        channel.AdvanceTimeBy(TimeSpan.FromHours(1));
        channel.Write(Bytes(1));

        channel.AdvanceTimeBy(SendTimeout - TimeSpan.FromTicks(1));
        bool before = channel.Open;
        channel.AdvanceTimeBy(TimeSpan.FromTicks(1));

        Assert.True(before);
        Assert.False(channel.Open);
        Assert.Equal(CloseReason.SendTimeout, lease.CloseReason);
        Assert.Equal(SendTimeout, Assert.IsType<SendTimeoutException>(Assert.Single(_recorder.Exceptions)).Age);
    }

    [Fact]
    public void A_byte_that_waits_after_a_time_in_which_nothing_did_is_judged_too()
    {
        EmbeddedChannel channel = NewChannel();
        channel.WriteOutbound(Bytes(1));
        channel.AdvanceTimeBy(SendTimeout);
        channel.Write(Bytes(1));

        channel.AdvanceTimeBy(SendTimeout);

        Assert.False(channel.Open);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void A_shorter_time_holds_for_what_waits_already()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(1));
        channel.AdvanceTimeBy(SendTimeout / 2);

        channel.Pipeline.Get<SlowConsumerHandler>().SendTimeout = SendTimeout / 2;

        Assert.False(channel.Open);
    }

    [Fact]
    public void Handlers_that_are_told_of_the_time_out_can_ask_why_the_connection_ends()
    {
        CloseReason? reason = null;
        EmbeddedChannel channel = NewChannel();
        channel.Pipeline.AddBefore(channel.Pipeline.Context<EventRecorder>().Name, null, new FaultWatch(() => reason = ConnectionLease.Of(channel).CloseReason));
        channel.Write(Bytes(1));

        channel.AdvanceTimeBy(SendTimeout);

        Assert.Equal(CloseReason.SendTimeout, reason);
    }

    [Fact]
    public void Judges_each_byte_by_its_own_age()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(1));
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(20));
        channel.Flush();
        channel.Write(Bytes(1));

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(29));
        bool before = channel.Open;
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.True(before);
        Assert.False(channel.Open);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Has_no_timer_while_nothing_waits()
    {
        EmbeddedChannel channel = NewChannel();
        bool atFirst = HasTimer(channel);
        channel.WriteOutbound(Bytes(1));

        channel.AdvanceTimeBy(SendTimeout);

        Assert.False(atFirst);
        Assert.False(HasTimer(channel));
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Has_one_timer_however_much_is_written()
    {
        EmbeddedChannel channel = NewChannel(maxPending: 1_000_000);
        for (int i = 0; i < 1000; i++)
        {
            channel.WriteOutbound(Bytes(1));
        }

        channel.Pipeline.Remove<SlowConsumerHandler>();

        Assert.False(HasTimer(channel));
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Waits_for_ever_where_it_is_told_to()
    {
        var channel = new EmbeddedChannel(new SlowConsumerHandler(1000, null), _recorder);
        channel.Write(Bytes(1));

        channel.AdvanceTimeBy(TimeSpan.FromDays(1));

        Assert.True(channel.Open);
        channel.Flush();
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Taken_out_it_passes_on_the_read_it_withheld()
    {
        EmbeddedChannel channel = NewChannel();
        channel.Write(Bytes(100 * 1024));
        channel.WriteInbound("a message");

        channel.Pipeline.Remove<SlowConsumerHandler>();

        Assert.True(channel.ReadPending);
        channel.Flush();
        channel.ReleaseOutbound();
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Resets_a_client_that_never_reads_on_real_sockets(SocketTransport transport)
    {
        var counters = new ListenerCounters();
        await using TestServer server = await Start(transport, counters, new Flood(1000, 64 * 1024), 256 * 1024, SendTimeout);
        using SocketClient client = await SocketClient.Connect(server.Address);

        Eventually.Equal(1, () => counters.Snapshot().Closed.GetValueOrDefault(CloseReason.SlowConsumer));
        Eventually.Equal(0, () => counters.Current);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Resets_a_client_that_does_not_take_what_it_is_sent_in_time_on_real_sockets(SocketTransport transport)
    {
        var counters = new ListenerCounters();
        await using TestServer server = await Start(transport, counters, new Flood(1, 64 * 1024 * 1024), 256 * 1024, TimeSpan.FromMilliseconds(100));
        using SocketClient client = await SocketClient.Connect(server.Address);

        Eventually.Equal(1, () => counters.Snapshot().Closed.GetValueOrDefault(CloseReason.SendTimeout));
        Eventually.Equal(0, () => counters.Current);
    }

    private static IByteBuffer Bytes(int count) => Unpooled.WrappedBuffer(new byte[count]);

    private static bool HasTimer(EmbeddedChannel channel) => channel.RunScheduledPendingTasks() != DotNetty.Common.PreciseTimeSpan.MinusOne;

    private static Task<TestServer> Start(SocketTransport transport, ListenerCounters counters, ChannelHandlerAdapter flood, long maxPending, TimeSpan sendTimeout) => TestServer.Start(
        transport,
        _ => { },
        pipeline => pipeline.AddLast(new ConnectionMeter(counters), new SlowConsumerHandler(maxPending, sendTimeout), flood));

    private EmbeddedChannel NewChannel(SlowConsumerPolicy policy = SlowConsumerPolicy.Reset, long maxPending = 1000) =>
        new(new SlowConsumerHandler(maxPending, SendTimeout, policy), _recorder);

    private sealed class FaultWatch(Action onFault) : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => onFault();
    }

    /// <summary>Sends much and looks at nothing.</summary>
    private sealed class Flood(int messages, int size) : ChannelHandlerAdapter
    {
        public override bool IsSharable => true;

        public override void ChannelActive(IChannelHandlerContext context)
        {
            for (int i = 0; i < messages; i++)
            {
                context.Write(Bytes(size));
                context.Flush();
            }
        }

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
        }
    }
}
