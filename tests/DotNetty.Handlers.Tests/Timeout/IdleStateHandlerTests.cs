using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Timeout;

public sealed class IdleStateHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<IdleStateEvent> _events = [];

    [Fact]
    public void Reports_a_reader_that_received_nothing_first_and_again()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 0, 0));

        channel.AdvanceTimeBy(9 * Second);
        int before = _events.Count;
        channel.AdvanceTimeBy(21 * Second);

        Assert.Equal(0, before);
        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent, IdleStateEvent.ReaderIdleStateEvent, IdleStateEvent.ReaderIdleStateEvent], _events);
    }

    [Fact]
    public void A_read_begins_the_time_anew()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 0, 0));

        channel.AdvanceTimeBy(9 * Second);
        channel.WriteInbound("message");
        channel.AdvanceTimeBy(9 * Second);
        int before = _events.Count;
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal(0, before);
        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent], _events);
    }

    [Fact]
    public void After_activity_the_next_report_is_a_first_one_again()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 0, 0));
        channel.AdvanceTimeBy(11 * Second);

        channel.WriteInbound("message");
        channel.AdvanceTimeBy(11 * Second);

        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent, IdleStateEvent.FirstReaderIdleStateEvent], _events);
    }

    [Fact]
    public void A_read_that_has_not_ended_is_not_idleness()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 0, 0));

        channel.Pipeline.FireChannelRead("message");
        channel.AdvanceTimeBy(25 * Second);
        int whileReading = _events.Count;
        channel.Pipeline.FireChannelReadComplete();
        channel.AdvanceTimeBy(11 * Second);

        Assert.Equal(0, whileReading);
        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent], _events);
    }

    [Fact]
    public void Sending_does_not_keep_a_reader_busy()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 0, 0));

        channel.AdvanceTimeBy(9 * Second);
        channel.WriteOutbound("message");
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent], _events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_that_was_sent_keeps_a_writer_busy(bool promise)
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(0, 10, 0));

        channel.AdvanceTimeBy(9 * Second);
        Write(channel, promise);
        channel.Flush();
        channel.AdvanceTimeBy(9 * Second);
        int before = _events.Count;
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal(0, before);
        Assert.Equal([IdleStateEvent.FirstWriterIdleStateEvent], _events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_that_only_waits_does_not_keep_a_writer_busy(bool promise)
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(0, 10, 0));

        channel.AdvanceTimeBy(9 * Second);
        Write(channel, promise);
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal([IdleStateEvent.FirstWriterIdleStateEvent], _events);
    }

    [Fact]
    public void A_write_that_a_handler_completes_itself_keeps_a_writer_busy()
    {
        var channel = new EmbeddedChannel(new Swallows(), new IdleStateHandler(0, 10, 0), new EventRecorder(_events));

        channel.AdvanceTimeBy(9 * Second);
        channel.WriteAsync("message");
        channel.AdvanceTimeBy(9 * Second);

        Assert.Empty(_events);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void What_others_send_counts_when_output_is_observed(bool observeOutput, int expected)
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(observeOutput, TimeSpan.Zero, 10 * Second, TimeSpan.Zero));

        channel.AdvanceTimeBy(9 * Second);
        channel.Pipeline.FirstContext().WriteAndFlushAsync("written by the first handler, below the idle one");
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal(expected, _events.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_idle_needs_both_to_rest(bool receives)
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(0, 0, 10));

        channel.AdvanceTimeBy(9 * Second);
        _ = receives ? channel.WriteInbound("message") : channel.WriteOutbound("message");
        channel.AdvanceTimeBy(9 * Second);
        int before = _events.Count;
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal(0, before);
        Assert.Equal([IdleStateEvent.FirstAllIdleStateEvent], _events);
    }

    [Fact]
    public void Each_kind_is_reported_at_its_own_time()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(3, 2, 4));

        channel.AdvanceTimeBy(4 * Second + TimeSpan.FromMilliseconds(1));

        Assert.Equal([IdleState.WriterIdle, IdleState.ReaderIdle, IdleState.WriterIdle, IdleState.AllIdle], _events.Select(static evt => evt.State));
    }

    [Fact]
    public void Messages_arm_no_timers()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(10, 10, 10));
        TimeSpan armed = channel.RunScheduledPendingTasks().ToTimeSpan();

        channel.WriteInbound("message");
        channel.WriteOutbound("message");

        Assert.Equal(armed, channel.RunScheduledPendingTasks().ToTimeSpan());
    }

    [Fact]
    public void Reports_nothing_when_all_times_are_off()
    {
        EmbeddedChannel channel = Channel(new IdleStateHandler(0, -1, 0));

        channel.AdvanceTimeBy(1000 * Second);

        Assert.Empty(_events);
        Assert.True(channel.RunScheduledPendingTasks().Ticks < 0);
    }

    [Fact]
    public void A_removed_handler_has_no_timer_any_more()
    {
        var handler = new IdleStateHandler(10, 0, 0);
        EmbeddedChannel channel = Channel(handler);

        channel.Pipeline.Remove(handler);
        channel.AdvanceTimeBy(11 * Second);

        Assert.Empty(_events);
        Assert.True(channel.RunScheduledPendingTasks().Ticks < 0);
    }

    [Fact]
    public void A_handler_added_to_a_living_channel_counts_from_then()
    {
        var channel = new EmbeddedChannel(new EventRecorder(_events));
        channel.AdvanceTimeBy(100 * Second);
        channel.Pipeline.AddFirst(new IdleStateHandler(10, 0, 0));

        channel.AdvanceTimeBy(9 * Second);
        int before = _events.Count;
        channel.AdvanceTimeBy(2 * Second);

        Assert.Equal(0, before);
        Assert.Single(_events);
    }

    [Fact]
    public void A_channel_closed_by_the_event_reports_nothing_more()
    {
        var channel = new EmbeddedChannel(new IdleStateHandler(10, 10, 10), new EventRecorder(_events, static context => context.Channel.CloseAsync()));

        channel.AdvanceTimeBy(100 * Second);

        Assert.Equal([IdleStateEvent.FirstReaderIdleStateEvent], _events);
    }

    [Fact]
    public void A_subclass_makes_events_of_its_own()
    {
        EmbeddedChannel channel = Channel(new OwnEvents());

        channel.AdvanceTimeBy(1 * Second);

        Assert.IsType<OwnEvent>(Assert.Single(_events));
    }

    [Fact]
    public void Times_shorter_than_a_millisecond_are_one()
    {
        var handler = new IdleStateHandler(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(-1));

        Assert.Equal((TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2), TimeSpan.Zero), (handler.ReaderIdleTime, handler.WriterIdleTime, handler.AllIdleTime));
    }

    private static void Write(EmbeddedChannel channel, bool promise)
    {
        if (promise)
        {
            _ = channel.WriteAsync("message");
        }
        else
        {
            channel.Write("message");
        }
    }

    private EmbeddedChannel Channel(IChannelHandler idle) => new(new ChannelHandlerAdapter(), idle, new EventRecorder(_events));

    private sealed class EventRecorder(List<IdleStateEvent> events, Action<IChannelHandlerContext>? onEvent = null) : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            events.Add((IdleStateEvent)evt);
            onEvent?.Invoke(context);
        }
    }

    private sealed class Swallows : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => Task.CompletedTask;
    }

    private sealed class OwnEvents() : IdleStateHandler(1, 0, 0)
    {
        protected override IdleStateEvent NewIdleStateEvent(IdleState state, bool first) => new OwnEvent(state, first);
    }

    private sealed class OwnEvent(IdleState state, bool first) : IdleStateEvent(state, first);
}
