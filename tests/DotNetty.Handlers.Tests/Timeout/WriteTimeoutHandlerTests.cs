using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Timeout;

public sealed class WriteTimeoutHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<Exception> _faults = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tells_and_closes_once_a_write_is_late(bool promise)
    {
        EmbeddedChannel channel = Channel(new WriteTimeoutHandler(10));
        Write(channel, promise);

        channel.AdvanceTimeBy(9.9 * Second);
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(0.1 * Second);

        Assert.True(openBefore);
        Assert.False(channel.Open);
        Assert.Equal([WriteTimeoutException.Instance], _faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_write_that_is_done_in_time_is_forgotten_with_its_timer(bool promise)
    {
        EmbeddedChannel channel = Channel(new WriteTimeoutHandler(10 * Second));
        Write(channel, promise);

        channel.AdvanceTimeBy(9 * Second);
        channel.Flush();
        channel.AdvanceTimeBy(1 * Second);

        Assert.True(channel.Open);
        Assert.Empty(_faults);
        Assert.Equal(-1, channel.RunScheduledPendingTasks().Ticks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_time_of_a_later_write_is_its_own(bool promise)
    {
        EmbeddedChannel channel = Channel(new WriteTimeoutHandler(10));
        Write(channel, promise);

        channel.AdvanceTimeBy(6 * Second);
        channel.Flush();
        Write(channel, promise);
        channel.AdvanceTimeBy(9.9 * Second);
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(0.1 * Second);

        Assert.True(openBefore);
        Assert.False(channel.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_thousand_writes_have_one_timer(bool promise)
    {
        EmbeddedChannel channel = Channel(new WriteTimeoutHandler(10));
        for (int i = 0; i < 1000; i++)
        {
            Write(channel, promise);
        }

        channel.Flush();
        channel.AdvanceTimeBy(10 * Second);

        Assert.True(channel.Open);
        Assert.Equal(-1, channel.RunScheduledPendingTasks().Ticks);
    }

    [Fact]
    public void A_write_that_is_done_at_once_sets_no_timer()
    {
        EmbeddedChannel channel = Channel(new AnswersAtOnce(), new WriteTimeoutHandler(10));

        channel.WriteAsync("message");

        Assert.Equal(-1, channel.RunScheduledPendingTasks().Ticks);
    }

    [Fact]
    public void Who_keeps_the_channel_is_told_once_of_each_late_write()
    {
        var handler = new Lenient(10 * Second);
        EmbeddedChannel channel = Channel(handler);
        channel.WriteAsync("first");
        channel.AdvanceTimeBy(60 * Second);
        int ofFirst = handler.Calls;

        channel.WriteAsync("second");
        channel.AdvanceTimeBy(60 * Second);

        Assert.Equal(1, ofFirst);
        Assert.Equal(2, handler.Calls);
        Assert.True(channel.Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Zero_and_less_switch_it_off(int seconds)
    {
        EmbeddedChannel channel = Channel(new WriteTimeoutHandler(seconds));
        channel.WriteAsync("message");
        channel.Write("message");

        channel.AdvanceTimeBy(TimeSpan.FromDays(1));

        Assert.True(channel.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_handler_that_was_removed_leaves_no_timer(bool promise)
    {
        var handler = new WriteTimeoutHandler(10);
        EmbeddedChannel channel = Channel(handler);
        Write(channel, promise);

        channel.Pipeline.Remove(handler);

        Assert.Equal(-1, channel.RunScheduledPendingTasks().Ticks);
    }

    private static void Write(EmbeddedChannel channel, bool promise)
    {
        if (promise)
        {
            channel.WriteAsync("message");
        }
        else
        {
            channel.Write("message");
        }
    }

    private EmbeddedChannel Channel(params IChannelHandler[] handlers) => new([.. handlers, new FaultSink(_faults)]);

    private sealed class Lenient(TimeSpan timeout) : WriteTimeoutHandler(timeout)
    {
        public int Calls { get; private set; }

        protected override void WriteTimedOut(IChannelHandlerContext context) => Calls++;
    }

    private sealed class AnswersAtOnce : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => Task.CompletedTask;
    }
}
