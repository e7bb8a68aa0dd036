using System.Buffers;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Sessions;

namespace EsockdNetty.Tests.Draining;

/// <summary>What counts as quiet, look by look; the connections are embedded channels whose time passes by hand.</summary>
public sealed class QuietCloseTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private bool _endedByNull;

    [Fact]
    public void A_connection_that_two_looks_find_quiet_is_closed()
    {
        EmbeddedChannel channel = Ask(new EmbeddedChannel());

        channel.AdvanceTimeBy(Look - TimeSpan.FromTicks(1));
        Assert.True(channel.Open);
        channel.AdvanceTimeBy(TimeSpan.FromTicks(1));

        Assert.Equal((false, CloseReason.Drained), (channel.Open, ReasonOf(channel)));
    }

    [Fact]
    public void What_came_between_two_looks_asks_for_another()
    {
        EmbeddedChannel channel = Ask(new EmbeddedChannel(new Swallower()));

        for (int i = 0; i < 3; i++)
        {
            Receive(channel, 1);
            channel.AdvanceTimeBy(Look);
            Assert.True(channel.Open);
        }

        channel.AdvanceTimeBy(Look);
        Assert.False(channel.Open);
    }

    [Fact]
    public void Half_a_packet_is_waited_for() => WaitsForTheRest(new PacketDecoder(PacketType.Two) { FrameTimeout = null });

    [Fact]
    public void Half_a_message_of_a_decoder_of_the_users_is_waited_for() => WaitsForTheRest(new LengthFieldBasedFrameDecoder(1000, 0, 2));

    [Fact]
    public void What_waits_to_be_sent_is_waited_for()
    {
        EmbeddedChannel channel = Ask(new EmbeddedChannel());

        _ = channel.WriteAsync(Unpooled.WrappedBuffer([1]));
        channel.AdvanceTimeBy(Look * 100);
        Assert.True(channel.Open);
        channel.Flush();
        channel.AdvanceTimeBy(Look);

        Assert.False(channel.Open);
        channel.ReleaseOutbound();
    }

    [Fact]
    public async Task A_session_at_work_is_waited_for_and_then_ends_by_the_first_receive_it_begins()
    {
        Session? session = null;
        var work = new TaskCompletionSource();
        EmbeddedChannel channel = Ask(Serve((begun, _) =>
        {
            session = begun;
            return work.Task;
        }));

        channel.AdvanceTimeBy(Look * 100);
        Assert.True(channel.Open);
        Task<ReadOnlySequence<byte>?> receive = session!.ReceiveAsync().AsTask();
        Assert.False(receive.IsCompleted);
        channel.AdvanceTimeBy(Look);

        Assert.True(receive.IsCompleted);
        Assert.Null(await receive);
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void A_session_that_waits_ends_by_null()
    {
        EmbeddedChannel channel = Ask(Serve(ReceiveToEnd));

        channel.AdvanceTimeBy(Look - TimeSpan.FromTicks(1));
        Assert.False(_endedByNull);
        channel.AdvanceTimeBy(TimeSpan.FromTicks(1));

        Assert.Equal((true, false, CloseReason.Drained), (_endedByNull, channel.Open, ReasonOf(channel)));
    }

    [Fact]
    public void A_session_that_has_answered_ends_by_its_next_receive_without_another_look()
    {
        EmbeddedChannel channel = Ask(Serve(ReceiveToEnd));

        Receive(channel, 1);

        Assert.Equal((true, false, CloseReason.Drained), (_endedByNull, channel.Open, ReasonOf(channel)));
    }

    [Fact]
    public void The_loop_looks_and_not_whoever_asked()
    {
        var channel = new EmbeddedChannel(new Swallower());
        new QuietClose(channel).Start();

        Receive(channel, 1);
        channel.AdvanceTimeBy(Look);

        Assert.False(channel.Open);
    }

    [Fact]
    public void One_that_is_closed_already_is_not_looked_at()
    {
        var channel = new EmbeddedChannel();
        new QuietClose(channel).Start();
        channel.Unsafe.CloseForcibly();

        channel.AdvanceTimeBy(Look * 2);

        Assert.Null(ReasonOf(channel));
    }

    [Fact]
    public void One_that_is_about_to_close_ends_for_the_reason_it_has()
    {
        var channel = new ClosingChannel();
        Ask(channel);
        channel.IsClosing = true;

        channel.AdvanceTimeBy(Look * 2);

        Assert.Equal((true, null), (channel.Open, ReasonOf(channel)));
        channel.Unsafe.CloseForcibly();
    }

    /// <summary>Looked at once.</summary>
    private static void WaitsForTheRest(IChannelHandler decoder)
    {
        EmbeddedChannel channel = Ask(new EmbeddedChannel(decoder, new Swallower()));

        Receive(channel, 0);
        channel.AdvanceTimeBy(Look * 100);
        Assert.True(channel.Open);
        Receive(channel, 1, 7);
        channel.AdvanceTimeBy(Look * 2);

        Assert.False(channel.Open);
    }

    private static EmbeddedChannel Ask(EmbeddedChannel channel)
    {
        new QuietClose(channel).Start();
        channel.RunPendingTasks();
        channel.CheckException();
        return channel;
    }

    private static EmbeddedChannel Serve(SessionHandler handler) => new(new SessionRunner(handler, new PacketWriter(PacketType.Raw)));

    private static void Receive(EmbeddedChannel channel, params byte[] bytes) => channel.WriteInbound(Unpooled.WrappedBuffer(bytes));

    private static CloseReason? ReasonOf(IChannel channel) => ConnectionLease.Of(channel).CloseReason;

    private async Task ReceiveToEnd(Session session, CancellationToken closed)
    {
        while (await session.ReceiveAsync(closed) is not null)
        {
        }

        _endedByNull = true;
    }

    private sealed class Swallower : SimpleChannelInboundHandler<IByteBuffer>
    {
        protected override void ChannelRead0(IChannelHandlerContext ctx, IByteBuffer msg)
        {
        }
    }

    /// <summary>Its last bytes are still to be sent when its close has begun.</summary>
    private sealed class ClosingChannel : EmbeddedChannel
    {
        public bool IsClosing { get; set; }

        public override bool Active => base.Active && !IsClosing;
    }
}
