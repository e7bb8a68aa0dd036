using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Handlers.Flow;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Flow;

public sealed class FlowControlHandlerTests : LeakFreeTests
{
    private readonly FlowControlHandler _flow = new();
    private readonly Log _log = new();

    [Fact]
    public void Each_read_is_answered_by_one_message()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.WriteInbound(1, 2, 3);
        string unasked = _log.ToString();

        channel.Read();
        string first = _log.ToString();
        channel.Read();
        channel.Read();

        Assert.Equal("", unasked);
        Assert.Equal("1 complete", first);
        Assert.Equal("1 complete 2 complete 3 complete", _log.ToString());
        Assert.True(_flow.IsQueueEmpty);
    }

    [Fact]
    public void The_transport_is_not_asked_while_messages_wait()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.WriteInbound(1, 2);

        channel.Read();
        channel.RunPendingTasks();
        bool whileOneWaits = channel.ReadPending;
        channel.Read();
        bool withTheLast = channel.ReadPending;
        channel.Read();

        Assert.False(whileOneWaits);
        Assert.False(withTheLast);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void A_read_that_came_first_is_answered_by_the_first_message_of_the_round()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.Read();

        channel.WriteInbound(1, 2);

        Assert.Equal("1 complete", _log.ToString());
        Assert.False(_flow.IsQueueEmpty);
    }

    [Fact]
    public void A_round_without_a_message_does_not_use_the_read_up()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.Read();

        channel.Pipeline.FireChannelReadComplete();
        bool asksAgain = channel.ReadPending;
        channel.WriteInbound(1);

        Assert.True(asksAgain);
        Assert.Equal("complete 1 complete", _log.ToString());
    }

    [Fact]
    public void Who_asks_at_each_message_gets_all_in_order_without_going_deeper()
    {
        var asker = new Asker(atComplete: false);
        EmbeddedChannel channel = Paused(_flow, asker);
        channel.Read();

        channel.WriteInbound([.. Enumerable.Range(0, 10_000).Cast<object>()]);

        Assert.Equal(Enumerable.Range(0, 10_000).Cast<object>(), asker.Messages);
        Assert.True(_flow.IsQueueEmpty);
    }

    [Fact]
    public void Who_asks_at_each_round_gets_all_in_order_without_going_deeper()
    {
        var asker = new Asker(atComplete: true);
        EmbeddedChannel channel = Paused(_flow, asker);
        channel.Read();

        channel.WriteInbound([.. Enumerable.Range(0, 10_000).Cast<object>()]);

        Assert.Equal(Enumerable.Range(0, 10_000).Cast<object>(), asker.Messages);
    }

    [Fact]
    public void With_automatic_reading_everything_passes()
    {
        var channel = new EmbeddedChannel(_flow, _log);

        channel.WriteInbound(1, 2, 3);
        channel.WriteInbound(4);

        Assert.Equal("1 complete 2 complete 3 complete 4 complete", _log.ToString());
    }

    [Fact]
    public void With_automatic_reading_a_stage_behind_pauses_it_by_holding_reads_back()
    {
        var gate = new ReadGate();
        var channel = new EmbeddedChannel(_flow, gate, _log);
        gate.Shut = true;
        channel.WriteInbound(1, 2, 3);
        string shut = _log.ToString();

        gate.Open();

        Assert.Equal("1 complete", shut);
        Assert.Equal("1 complete 2 complete 3 complete", _log.ToString());
    }

    [Fact]
    public void Automatic_reading_can_be_switched_off_and_on_in_the_middle()
    {
        var log = new Log { OnMessage = (context, message) => context.Channel.Configuration.AutoRead = !message.Equals(2) };
        var channel = new EmbeddedChannel(_flow, log);
        channel.WriteInbound(1, 2, 3, 4);
        string off = log.ToString();

        channel.Configuration.AutoRead = true;

        Assert.Equal("1 complete 2 complete", off);
        Assert.Equal("1 complete 2 complete 3 complete 4 complete", log.ToString());
    }

    [Fact]
    public void The_frames_of_one_receive_come_one_a_read()
    {
        EmbeddedChannel channel = Paused(new LengthFieldBasedFrameDecoder(100, 0, 1, 0, 1), _flow, _log);
        channel.Read();

        channel.WriteInbound(Unpooled.WrappedBuffer([1, 65, 1, 66, 1]));
        string one = _log.ToString();
        channel.Read();
        channel.Read();
        bool asks = channel.ReadPending;
        channel.WriteInbound(Unpooled.WrappedBuffer([67]));

        Assert.Equal("A complete", one);
        Assert.True(asks);
        Assert.Equal("A complete B complete C complete", _log.ToString());
    }

    [Fact]
    public void The_end_of_the_input_does_not_overtake_what_waits()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.WriteInbound(1);

        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        string before = _log.ToString();
        channel.Read();

        Assert.Equal("", before);
        Assert.Equal("1 complete end", _log.ToString());
    }

    [Fact]
    public void What_waits_when_the_channel_closes_is_released()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        IByteBuffer message = Unpooled.Buffer(1);
        channel.WriteInbound(message);

        channel.CloseAsync();

        Assert.Equal(0, message.ReferenceCount);
        Assert.True(_flow.IsQueueEmpty);
        Assert.Equal("inactive", _log.ToString());
    }

    [Fact]
    public void What_waits_when_the_channel_closes_is_left_alone_where_it_was_asked_for()
    {
        EmbeddedChannel channel = Paused(new FlowControlHandler(releaseMessages: false), _log);
        IByteBuffer message = Unpooled.Buffer(1);
        channel.WriteInbound(message);

        channel.CloseAsync();

        Assert.Equal(1, message.ReferenceCount);
        message.Release();
    }

    [Fact]
    public void A_handler_that_is_removed_passes_on_what_waits()
    {
        EmbeddedChannel channel = Paused(_flow, _log);
        channel.WriteInbound(1, 2);
        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);

        channel.Pipeline.Remove(_flow);

        Assert.Equal("1 2 complete end", _log.ToString());
    }

    [Fact]
    public void A_handler_that_is_removed_by_a_message_passes_on_the_rest_after_it()
    {
        int depth = 0;
        int deepest = 0;
        var log = new Log
        {
            OnMessage = (context, message) =>
            {
                deepest = Math.Max(deepest, ++depth);
                if (message.Equals(1))
                {
                    context.Channel.Pipeline.Remove(_flow);
                }

                depth--;
            },
        };
        EmbeddedChannel channel = Paused(_flow, log);
        channel.WriteInbound(1, 2, 3);

        channel.Read();

        Assert.Equal(1, deepest);
        Assert.Equal([1, 2, 3], log.Messages);
    }

    private static EmbeddedChannel Paused(params IChannelHandler[] handlers)
    {
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false, handlers);
        channel.Configuration.AutoRead = false;
        channel.Register();
        return channel;
    }

    private sealed class Log : ChannelHandlerAdapter
    {
        private readonly List<string> _events = [];

        public List<object> Messages { get; } = [];

        public Action<IChannelHandlerContext, object>? OnMessage { get; init; }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            if (message is IByteBuffer buffer)
            {
                _events.Add(buffer.ToString(System.Text.Encoding.ASCII));
                buffer.Release();
                return;
            }

            Messages.Add(message);
            _events.Add($"{message}");
            OnMessage?.Invoke(context, message);
        }

        public override void ChannelReadComplete(IChannelHandlerContext context) => _events.Add("complete");

        public override void ChannelInactive(IChannelHandlerContext context) => _events.Add("inactive");

        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => _events.Add("end");

        public override string ToString() => string.Join(' ', _events);
    }

    private sealed class Asker(bool atComplete) : ChannelHandlerAdapter
    {
        public List<object> Messages { get; } = [];

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            Messages.Add(message);
            if (!atComplete)
            {
                context.Read();
            }
        }

        public override void ChannelReadComplete(IChannelHandlerContext context)
        {
            if (atComplete)
            {
                context.Read();
            }
        }
    }

    private sealed class ReadGate : ChannelHandlerAdapter
    {
        private IChannelHandlerContext? _context;

        public bool Shut { get; set; }

        public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

        public override void Read(IChannelHandlerContext context)
        {
            if (!Shut)
            {
                context.Read();
            }
        }

        public void Open()
        {
            Shut = false;
            _context!.Read();
        }
    }
}
