using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Embedded;

public sealed class EmbeddedChannelTests : LeakFreeTests
{
    [Fact]
    public void Is_active_from_the_start_and_reads()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(recorder);

        Assert.Equal((true, true, true), (channel.Open, channel.Active, channel.Registered));
        Assert.Equal(["Added", "Registered", "Active"], recorder.Events);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Messages_written_in_come_out_at_the_end_in_order()
    {
        var channel = new EmbeddedChannel();

        bool any = channel.WriteInbound(1, 2, 3);

        Assert.True(any);
        Assert.Equal([1, 2, 3], new[] { channel.ReadInbound<int>(), channel.ReadInbound<int>(), channel.ReadInbound<int>() });
        Assert.Null(channel.ReadInbound<object>());
    }

    [Fact]
    public void Messages_written_out_come_out_at_the_transport_in_order()
    {
        var channel = new EmbeddedChannel();

        bool any = channel.WriteOutbound("a", "b");
        channel.Write("c");
        channel.Flush();

        Assert.True(any);
        Assert.Equal(["a", "b", "c"], channel.OutboundMessages.Cast<string>());
    }

    [Fact]
    public void What_was_not_flushed_does_not_come_out()
    {
        var channel = new EmbeddedChannel();

        _ = channel.WriteAsync("a");

        Assert.Null(channel.ReadOutbound<string>());
    }

    [Fact]
    public void A_flush_in_a_read_goes_out_at_once()
    {
        int outInRead = 0;
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(recorder);
        recorder.OnRead = (context, message) =>
        {
            _ = context.WriteAndFlushAsync(message);
            outInRead = channel.OutboundMessages.Count;
        };

        channel.WriteInbound("a");

        Assert.Equal(1, outInRead);
    }

    [Fact]
    public void A_stage_that_withholds_the_read_is_seen()
    {
        var channel = new EmbeddedChannel(new Withholds());

        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void Timers_run_when_the_clock_is_moved_in_order_and_at_their_own_times()
    {
        var channel = new EmbeddedChannel();
        PreciseTimeSpan start = channel.EventLoop.Now;
        var ran = new List<(string Name, TimeSpan At)>();
        channel.EventLoop.Schedule(() => ran.Add(("late", Elapsed())), TimeSpan.FromSeconds(5));
        channel.EventLoop.Schedule(
            () =>
            {
                ran.Add(("first", Elapsed()));
                channel.EventLoop.Schedule(() => ran.Add(("second", Elapsed())), TimeSpan.FromSeconds(1));
            },
            TimeSpan.FromSeconds(1));
        channel.EventLoop.Schedule(() => ran.Add(("never", Elapsed())), TimeSpan.FromSeconds(11));

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(10));

        Assert.Equal([("first", TimeSpan.FromSeconds(1)), ("second", TimeSpan.FromSeconds(2)), ("late", TimeSpan.FromSeconds(5))], ran);
        Assert.Equal(TimeSpan.FromSeconds(10), Elapsed());

        TimeSpan Elapsed() => (channel.EventLoop.Now - start).ToTimeSpan();
    }

    [Fact]
    public void Time_stands_still_by_itself()
    {
        bool ran = false;
        var channel = new EmbeddedChannel();
        channel.EventLoop.Schedule(() => ran = true, TimeSpan.FromTicks(1));

        channel.RunPendingTasks();
        PreciseTimeSpan next = channel.RunScheduledPendingTasks();

        Assert.False(ran);
        Assert.Equal(TimeSpan.FromTicks(1), next.ToTimeSpan());
    }

    [Fact]
    public void An_exception_nobody_caught_is_thrown_to_the_test_once()
    {
        var channel = new EmbeddedChannel();

        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("first"));
        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("second"));

        Assert.Equal("first", Assert.Throws<InvalidOperationException>(channel.CheckException).Message);
        channel.CheckException();
    }

    [Fact]
    public void A_write_that_failed_is_thrown_to_the_test()
    {
        var channel = new EmbeddedChannel(new RefusesWrites());

        Assert.Throws<NotSupportedException>(() => channel.WriteOutbound("a"));
    }

    [Fact]
    public void A_task_that_throws_is_thrown_to_the_test()
    {
        var channel = new EmbeddedChannel();
        channel.EventLoop.Execute(() => throw new InvalidOperationException("on purpose"));

        channel.RunPendingTasks();

        Assert.Throws<InvalidOperationException>(channel.CheckException);
    }

    [Fact]
    public void Finishing_closes_and_tells_whether_anything_is_left()
    {
        var empty = new EmbeddedChannel();
        var full = new EmbeddedChannel();
        full.WriteInbound("left");

        Assert.False(empty.Finish());
        Assert.True(full.Finish());
        Assert.False(full.Open);
        Assert.Equal("left", full.ReadInbound<string>());
        Assert.Throws<ClosedChannelException>(() => full.WriteInbound("more"));
    }

    [Fact]
    public void Finishing_cancels_the_timers_that_are_left()
    {
        var channel = new EmbeddedChannel();
        Task timer = channel.EventLoop.ScheduleAsync(() => { }, TimeSpan.FromHours(1));

        channel.Finish();

        Assert.True(timer.IsCanceled);
    }

    [Fact]
    public void Finishing_can_release_what_nobody_read()
    {
        IByteBuffer inbound = Unpooled.Buffer(1);
        IByteBuffer outbound = Unpooled.Buffer(1);
        var channel = new EmbeddedChannel();
        channel.WriteInbound(inbound);
        channel.WriteOutbound(outbound);

        channel.FinishAndReleaseAll();

        Assert.Equal((0, 0), (inbound.ReferenceCount, outbound.ReferenceCount));
    }

    [Fact]
    public void An_unregistered_channel_is_registered_by_hand()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false, recorder);
        bool before = channel.Registered;

        channel.Register();

        Assert.False(before);
        Assert.True(channel.Active);
        Assert.Contains("Active", recorder.Events);
    }

    [Fact]
    public void Takes_the_handlers_up_to_the_first_null()
    {
        var handler = new Recorder();

        var channel = new EmbeddedChannel(handler, null!, new Recorder());

        Assert.Equal([handler], channel.Pipeline.ToArray());
    }

    private sealed class Withholds : ChannelHandlerAdapter
    {
        public override void Read(IChannelHandlerContext context)
        {
        }
    }

    private sealed class RefusesWrites : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => Task.FromException(new NotSupportedException());
    }
}
