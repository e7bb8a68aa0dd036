using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class CombinedChannelDuplexHandlerTests
{
    private readonly Recorder _inbound = new();
    private readonly RecordsWrites _outbound = new();

    [Fact]
    public void Inbound_events_are_the_first_ones_and_operations_the_second_ones()
    {
        var channel = new EmbeddedChannel(new Combined(_inbound, _outbound));

        channel.WriteInbound("in");
        channel.WriteOutbound("out");

        Assert.Equal(["Added", "Registered", "Active", "Read in", "ReadComplete"], _inbound.Events);
        Assert.Equal(["Added", "WriteAsync out", "Flush"], _outbound.Events);
        Assert.Equal("out", channel.ReadOutbound<string>());
    }

    [Fact]
    public void It_takes_part_in_what_its_handlers_override_alone()
    {
        Assert.Equal(HandlerMask.ChannelRead | HandlerMask.WriteAsync, HandlerMask.Of(new CombinedChannelDuplexHandler<Reads, WritesAsync>(new(), new())));
        Assert.Equal(0, HandlerMask.Of(new CombinedChannelDuplexHandler<ChannelHandlerAdapter, ChannelHandlerAdapter>(new Idle(), new Idle())));
    }

    [Fact]
    public void The_mask_is_of_the_handlers_it_holds_and_not_of_their_declared_types()
    {
        var first = new CombinedChannelDuplexHandler<IChannelHandler, IChannelHandler>(new Idle(), new Idle());
        var second = new CombinedChannelDuplexHandler<IChannelHandler, IChannelHandler>(new Reads(), new Idle());

        Assert.Equal((0, HandlerMask.ChannelRead), (HandlerMask.Of(first), HandlerMask.Of(second)));
    }

    [Fact]
    public void What_a_derived_type_overrides_counts_too()
    {
        Assert.Equal(HandlerMask.UserEventTriggered | HandlerMask.ChannelRead, HandlerMask.Of(new AlsoSeesEvents()));
    }

    [Fact]
    public void Both_ways_to_write_reach_the_outbound_handler_as_it_knows_them()
    {
        var both = new RecordsWrites();
        var asyncAlone = new WritesAsync();
        var first = new EmbeddedChannel(new CombinedChannelDuplexHandler<Idle, RecordsWrites>(new Idle(), both));
        var second = new EmbeddedChannel(new CombinedChannelDuplexHandler<Idle, WritesAsync>(new Idle(), asyncAlone));

        first.Write("one");
        _ = first.WriteAsync("two");
        second.Write("one");
        _ = second.WriteAsync("two");

        Assert.Equal(["Added", "Write one", "WriteAsync two"], both.Events);
        Assert.Equal(["one", "two"], asyncAlone.Written);
    }

    [Fact]
    public void A_write_without_promise_does_not_pass_by_an_outbound_handler_that_was_set_late()
    {
        var late = new SetLate();
        var channel = new EmbeddedChannel(late);

        channel.Write("one");
        channel.Flush();

        Assert.Equal(["one"], late.Outbound.Written);
        Assert.Equal("one", channel.ReadOutbound<string>());
    }

    [Fact]
    public void A_derived_type_that_overrides_WriteAsync_alone_sees_every_write()
    {
        var derived = new SeesWrites(_outbound);
        var channel = new EmbeddedChannel(derived);

        channel.Write("one");
        _ = channel.WriteAsync("two");

        Assert.Equal(["one", "two"], derived.Written);
        Assert.Equal(["Added", "WriteAsync one", "WriteAsync two"], _outbound.Events);
    }

    [Fact]
    public void An_exception_the_first_does_not_catch_is_the_second_ones_and_then_the_next_handlers()
    {
        var last = new Recorder();
        var passes = new CatchesAndPasses();
        var channel = new EmbeddedChannel(new CombinedChannelDuplexHandler<Idle, CatchesAndPasses>(new Idle(), passes), last);

        channel.Pipeline.FireExceptionCaught(new InvalidDataException());

        Assert.IsType<InvalidDataException>(Assert.Single(passes.Caught));
        Assert.IsType<InvalidDataException>(Assert.Single(last.Exceptions));
    }

    [Fact]
    public void A_handler_that_was_taken_out_is_passed_by_and_told_once()
    {
        var last = new Recorder();
        var combined = new Combined(_inbound, _outbound);
        var channel = new EmbeddedChannel(combined, last);
        last.Take();
        _inbound.Take();

        combined.RemoveInboundHandler();
        combined.RemoveOutboundHandler();
        channel.WriteInbound("in");
        channel.WriteOutbound("out");
        channel.Pipeline.Remove(combined);

        Assert.Equal(["Removed"], _inbound.Events);
        Assert.Equal(["Added", "Removed"], _outbound.Events);
        Assert.Equal(["Read in", "ReadComplete"], last.Events);
        Assert.Equal("out", channel.ReadOutbound<string>());
    }

    [Fact]
    public void Both_are_told_that_they_were_removed_and_see_it_on_their_contexts()
    {
        IChannelHandlerContext? inner = null;
        var remembers = new Lambda { OnAdded = context => inner = context };
        var combined = new CombinedChannelDuplexHandler<Lambda, RecordsWrites>(remembers, _outbound);
        var channel = new EmbeddedChannel(combined);

        bool before = inner!.Removed;
        channel.Pipeline.Remove(combined);

        Assert.Same(remembers, inner.Handler);
        Assert.Equal((false, true), (before, inner.Removed));
        Assert.Equal(["Added", "Removed"], _outbound.Events);
    }

    [Fact]
    public void One_whose_handlers_were_never_set_says_so()
    {
        var channel = new EmbeddedChannel();

        channel.Pipeline.AddLast(new NeverSet());

        ChannelPipelineException fault = Assert.Throws<ChannelPipelineException>(channel.CheckException);
        Assert.Contains("Init", fault.InnerException?.Message, StringComparison.Ordinal);
        Assert.Empty(channel.Pipeline);
    }

    [Fact]
    public void Its_handlers_are_set_once_and_removed_only_from_a_pipeline()
    {
        var combined = new Combined(_inbound, _outbound);

        Assert.Throws<InvalidOperationException>(() => combined.InitAgain(_inbound, _outbound));
        Assert.Throws<InvalidOperationException>(combined.RemoveInboundHandler);
    }

    private sealed class Combined(Recorder inbound, RecordsWrites outbound) : CombinedChannelDuplexHandler<Recorder, RecordsWrites>(inbound, outbound)
    {
        public void InitAgain(Recorder inbound, RecordsWrites outbound) => Init(inbound, outbound);
    }

    private sealed class NeverSet : CombinedChannelDuplexHandler<Idle, Idle>;

    private sealed class Idle : ChannelHandlerAdapter;

    private sealed class Reads : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.FireChannelRead(message);
    }

    private sealed class AlsoSeesEvents() : CombinedChannelDuplexHandler<Reads, Idle>(new Reads(), new Idle())
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => base.UserEventTriggered(context, evt);
    }

    private sealed class SetLate : CombinedChannelDuplexHandler<Idle, WritesAsync>
    {
        public WritesAsync Outbound => OutboundHandler;

        public override void HandlerAdded(IChannelHandlerContext context)
        {
            Init(new Idle(), new WritesAsync());
            base.HandlerAdded(context);
        }
    }

    private sealed class SeesWrites(RecordsWrites outbound) : CombinedChannelDuplexHandler<Idle, RecordsWrites>(new Idle(), outbound)
    {
        public List<object> Written { get; } = [];

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Written.Add(message);
            return base.WriteAsync(context, message);
        }
    }

    private sealed class CatchesAndPasses : ChannelHandlerAdapter
    {
        public List<Exception> Caught { get; } = [];

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
            Caught.Add(exception);
            context.FireExceptionCaught(exception);
        }
    }

    private sealed class WritesAsync : ChannelHandlerAdapter
    {
        public List<object> Written { get; } = [];

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Written.Add(message);
            return context.WriteAsync(message);
        }
    }

    private sealed class RecordsWrites : ChannelHandlerAdapter
    {
        public List<string> Events { get; } = [];

        public override void HandlerAdded(IChannelHandlerContext context) => Events.Add("Added");

        public override void HandlerRemoved(IChannelHandlerContext context) => Events.Add("Removed");

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Events.Add("WriteAsync " + message);
            return context.WriteAsync(message);
        }

        public override void Write(IChannelHandlerContext context, object message)
        {
            Events.Add("Write " + message);
            context.Write(message);
        }

        public override void Flush(IChannelHandlerContext context)
        {
            Events.Add("Flush");
            context.Flush();
        }
    }
}
