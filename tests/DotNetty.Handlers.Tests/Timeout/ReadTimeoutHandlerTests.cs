using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Timeout;

public sealed class ReadTimeoutHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<Exception> _faults = [];

    [Fact]
    public void Tells_and_closes_once_nothing_was_received_in_time()
    {
        EmbeddedChannel channel = Channel(new ReadTimeoutHandler(10));

        channel.AdvanceTimeBy(9.9 * Second);
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(0.1 * Second);

        Assert.True(openBefore);
        Assert.False(channel.Open);
        Assert.Equal([ReadTimeoutException.Instance], _faults);
    }

    [Fact]
    public void A_message_begins_the_time_anew()
    {
        EmbeddedChannel channel = Channel(new ReadTimeoutHandler(10 * Second));

        channel.AdvanceTimeBy(9 * Second);
        channel.WriteInbound("message");
        channel.AdvanceTimeBy(9 * Second);

        Assert.True(channel.Open);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Sending_does_not_keep_it_open()
    {
        EmbeddedChannel channel = Channel(new ReadTimeoutHandler(10));

        channel.AdvanceTimeBy(9 * Second);
        channel.WriteOutbound("message");
        channel.AdvanceTimeBy(1 * Second);

        Assert.False(channel.Open);
    }

    [Fact]
    public void Who_keeps_the_channel_is_told_again()
    {
        var handler = new Lenient(10 * Second);
        EmbeddedChannel channel = Channel(handler);

        channel.AdvanceTimeBy(30 * Second);

        Assert.Equal(3, handler.Calls);
        Assert.True(channel.Open);
    }

    [Fact]
    public void Tells_once_where_the_close_is_held_up()
    {
        EmbeddedChannel channel = Channel(new NeverCloses(), new ReadTimeoutHandler(10));

        channel.AdvanceTimeBy(60 * Second);

        Assert.Equal([ReadTimeoutException.Instance], _faults);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Zero_and_less_switch_it_off(int seconds)
    {
        EmbeddedChannel channel = Channel(new ReadTimeoutHandler(seconds));

        channel.AdvanceTimeBy(TimeSpan.FromDays(1));

        Assert.True(channel.Open);
    }

    [Fact]
    public void A_handler_that_was_removed_leaves_no_timer()
    {
        var handler = new ReadTimeoutHandler(10);
        EmbeddedChannel channel = Channel(handler);

        channel.Pipeline.Remove(handler);

        Assert.Equal(-1, channel.RunScheduledPendingTasks().Ticks);
    }

    private EmbeddedChannel Channel(params IChannelHandler[] handlers) => new([.. handlers, new FaultSink(_faults)]);

    private sealed class Lenient(TimeSpan timeout) : ReadTimeoutHandler(timeout)
    {
        public int Calls { get; private set; }

        protected override void ReadTimedOut(IChannelHandlerContext context) => Calls++;
    }

    private sealed class NeverCloses : ChannelHandlerAdapter
    {
        public override Task CloseAsync(IChannelHandlerContext context) => Task.CompletedTask;
    }
}
