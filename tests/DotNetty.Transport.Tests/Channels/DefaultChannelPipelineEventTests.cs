using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

public sealed class DefaultChannelPipelineEventTests : LeakFreeTests
{
    [Fact]
    public void Inbound_events_go_from_first_to_last_and_operations_back()
    {
        var order = new List<string>();
        var channel = new EmbeddedChannel(new Traces("a", order), new Traces("b", order));
        order.Clear();

        channel.Pipeline.FireChannelRead("message");
        channel.Pipeline.FireUserEventTriggered("event");
        channel.Pipeline.Flush();
        _ = channel.Pipeline.WriteAsync("message");

        Assert.Equal(["a read", "b read", "a event", "b event", "b flush", "a flush", "b write", "a write"], order);
    }

    [Fact]
    public void A_tail_of_ones_own_takes_what_no_handler_did_also_behind_those_added_later()
    {
        var tail = new TakesFaults();
        var channel = new EmbeddedChannel(new ChannelHandlerAdapterOnly());
        ((DefaultChannelPipeline)channel.Pipeline).Tail = tail;
        channel.Pipeline.AddLast(new ChannelHandlerAdapterOnly());

        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("for the tail"));
        channel.Pipeline.FireChannelRead("as ever");

        Assert.Equal("for the tail", Assert.Single(tail.Faults).Message);
        Assert.Equal("as ever", channel.ReadInbound<string>());
        Assert.Throws<ArgumentNullException>(() => ((DefaultChannelPipeline)channel.Pipeline).Tail = null!);
    }

    [Fact]
    public void A_context_fires_to_the_handlers_after_it_and_writes_to_those_before_it()
    {
        var order = new List<string>();
        var channel = new EmbeddedChannel(new Traces("a", order), new Traces("b", order), new Traces("c", order));
        IChannelHandlerContext middle = channel.Pipeline.Context(channel.Pipeline.Skip(1).First());
        order.Clear();

        middle.FireChannelRead("message");
        middle.WriteAsync("message");

        Assert.Equal(["c read", "a write"], order);
    }

    [Fact]
    public void A_message_nobody_consumed_is_released()
    {
        using var channel = new ScriptedChannel();
        channel.Channel.Pipeline.Remove(channel.Recorder);
        channel.Register();
        IByteBuffer message = Unpooled.Buffer(8);

        channel.Channel.Pipeline.FireChannelRead(message);

        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void An_event_nobody_consumed_is_released()
    {
        using var channel = new ScriptedChannel();
        channel.Channel.Pipeline.Remove(channel.Recorder);
        channel.Register();
        IByteBuffer evt = Unpooled.Buffer(8);

        channel.Channel.Pipeline.FireUserEventTriggered(evt);

        Assert.Equal(0, evt.ReferenceCount);
    }

    [Fact]
    public void A_connection_nobody_took_is_closed()
    {
        using var server = new ScriptedChannel();
        server.Channel.Pipeline.Remove(server.Recorder);
        server.Register();
        var socket = new ScriptedSocket();

        server.Channel.Pipeline.FireChannelRead(new TcpSocketChannel(server.Channel, socket, null, connected: true));

        Assert.True(socket.Closed);
    }

    [Fact]
    public void An_exception_in_an_event_goes_to_the_handler_itself_and_then_on()
    {
        var last = new Recorder();
        var faulty = new Faulty();
        var channel = new EmbeddedChannel(faulty, last);

        channel.Pipeline.FireChannelRead("message");

        Assert.Equal("on purpose", Assert.Single(faulty.Caught).Message);
        Assert.Same(faulty.Caught[0], Assert.Single(last.Exceptions));
    }

    [Fact]
    public void An_exception_in_a_handler_that_catches_none_goes_to_the_next_that_does()
    {
        var last = new Recorder();
        var channel = new EmbeddedChannel(new Lambda { OnRead = (_, _) => throw new InvalidOperationException("on purpose") }, last);

        channel.WriteInbound("message");

        Assert.Equal("on purpose", Assert.Single(last.Exceptions).Message);
    }

    [Fact]
    public void An_exception_nobody_caught_reaches_the_end()
    {
        var channel = new EmbeddedChannel(new Lambda { OnRead = (_, _) => throw new InvalidOperationException("on purpose") });

        Assert.Throws<InvalidOperationException>(() => channel.WriteInbound("message"));
    }

    [Fact]
    public void An_exception_in_ExceptionCaught_closes_the_channel()
    {
        var recorder = new Recorder { OnException = static (_, _) => throw new InvalidOperationException("again") };
        var channel = new EmbeddedChannel(recorder);

        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("on purpose"));
        channel.RunPendingTasks();

        Assert.False(channel.Open);
    }

    [Fact]
    public void An_exception_in_ExceptionCaught_is_told_to_the_handlers_after_it()
    {
        var last = new Recorder();
        var channel = new EmbeddedChannel(new Recorder { OnException = static (_, _) => throw new InvalidOperationException("again") }, last);

        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("on purpose"));

        Assert.Equal("again", Assert.Single(last.Exceptions).Message);
    }

    [Fact]
    public void An_exception_in_a_write_fails_its_task()
    {
        var channel = new EmbeddedChannel(new FaultyWriter());

        Task write = channel.WriteAsync("message");

        Assert.Equal("on purpose", write.Exception!.InnerException!.Message);
        Assert.True(channel.Open);
    }

    [Fact]
    public void An_exception_in_a_write_without_a_promise_is_told_to_the_handlers_after_it_and_closes()
    {
        var last = new Recorder();
        var channel = new EmbeddedChannel(new FaultyWriter(), last);

        channel.Write("message");
        channel.RunPendingTasks();

        Assert.Equal("on purpose", Assert.Single(last.Exceptions).Message);
        Assert.False(channel.Open);
    }

    [Fact]
    public void An_exception_in_an_operation_fails_its_task()
    {
        var channel = new EmbeddedChannel(new FaultyCloser());

        Task closing = channel.CloseAsync();

        Assert.Equal("on purpose", closing.Exception!.InnerException!.Message);
    }

    [Fact]
    public void A_handler_that_fails_to_close_does_not_keep_the_channel_open()
    {
        var thrown = new EmbeddedChannel(new FaultyCloser());
        var failed = new EmbeddedChannel(new LateFaultyCloser());

        _ = thrown.CloseAsync();
        _ = failed.CloseAsync();

        Assert.False(thrown.Open);
        Assert.False(failed.Open);
    }

    private sealed class Traces(string name, List<string> order) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            order.Add(name + " read");
            context.FireChannelRead(message);
        }

        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            order.Add(name + " event");
            context.FireUserEventTriggered(evt);
        }

        public override void Flush(IChannelHandlerContext context)
        {
            order.Add(name + " flush");
            context.Flush();
        }

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            order.Add(name + " write");
            return context.WriteAsync(message);
        }
    }

    private sealed class Faulty : ChannelHandlerAdapter
    {
        public List<Exception> Caught { get; } = [];

        public override void ChannelRead(IChannelHandlerContext context, object message) => throw new InvalidOperationException("on purpose");

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
            Caught.Add(exception);
            context.FireExceptionCaught(exception);
        }
    }

    private sealed class FaultyWriter : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => throw new InvalidOperationException("on purpose");
    }

    private sealed class LateFaultyCloser : ChannelHandlerAdapter
    {
        public override Task CloseAsync(IChannelHandlerContext context) => Task.FromException(new InvalidOperationException("on purpose"));
    }

    private sealed class FaultyCloser : ChannelHandlerAdapter
    {
        public override Task CloseAsync(IChannelHandlerContext context) => throw new InvalidOperationException("on purpose");
    }

    private sealed class ChannelHandlerAdapterOnly : ChannelHandlerAdapter;

    private sealed class TakesFaults : TailHandler
    {
        public List<Exception> Faults { get; } = [];

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Faults.Add(exception);
    }
}
