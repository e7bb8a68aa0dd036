using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class DefaultChannelPipelineEditTests
{
    private readonly EmbeddedChannel _channel = new();

    private IChannelPipeline Pipeline => _channel.Pipeline;

    [Fact]
    public void Keeps_handlers_in_the_order_of_every_way_to_add_them()
    {
        Pipeline.AddLast("c", new Plain());
        Pipeline.AddFirst("a", new Plain());
        Pipeline.AddBefore("c", "b", new Plain());
        Pipeline.AddAfter("c", "d", new Plain());

        Assert.Equal(["a", "b", "c", "d"], Names());
    }

    [Fact]
    public void Adds_several_handlers_in_the_order_given()
    {
        Plain[] handlers = [new(), new(), new(), new()];

        Pipeline.AddLast(handlers[2], handlers[3]);
        Pipeline.AddFirst(handlers[0], handlers[1]);

        Assert.Equal(handlers, Pipeline);
    }

    [Fact]
    public void Makes_names_for_those_who_have_none()
    {
        Pipeline.AddLast(new Plain(), new Plain());

        string[] names = Names();

        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, static name => Assert.StartsWith("Plain", name, StringComparison.Ordinal));
        Assert.Same(Pipeline.First(), Pipeline.Get(names[0]));
    }

    [Fact]
    public void Refuses_a_name_that_is_taken_and_leaves_the_handler_usable()
    {
        Pipeline.AddLast("a", new Plain());
        var second = new Plain();

        Assert.Throws<ArgumentException>(() => Pipeline.AddLast("a", second));

        Pipeline.AddLast("b", second);
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void Refuses_a_generated_name_that_is_taken()
    {
        Pipeline.AddLast(new Plain());
        string generated = Names().Single();

        Assert.Throws<ArgumentException>(() => Pipeline.AddLast(generated, new Plain()));
    }

    [Fact]
    public void Finds_handlers_and_contexts_by_name_type_and_instance()
    {
        var handler = new Plain();
        Pipeline.AddLast("a", handler);

        Assert.Same(handler, Pipeline.Get("a"));
        Assert.Same(handler, Pipeline.Get<Plain>());
        Assert.Same(Pipeline.Context("a"), Pipeline.Context(handler));
        Assert.Same(Pipeline.Context("a"), Pipeline.Context<Plain>());
        Assert.Same(Pipeline.Context("a"), Pipeline.FirstContext());
        Assert.Same(Pipeline.Context("a"), Pipeline.LastContext());
        Assert.Same(handler, Pipeline.First());
        Assert.Same(handler, Pipeline.Last());
    }

    [Fact]
    public void Finds_nothing_where_there_is_nothing()
    {
        Assert.Null(Pipeline.Get("a"));
        Assert.Null(Pipeline.Get<Plain>());
        Assert.Null(Pipeline.Context(new Plain()));
        Assert.Null(Pipeline.First());
        Assert.Null(Pipeline.LastContext());
        Assert.Throws<InvalidOperationException>(() => Pipeline.RemoveFirst());
        Assert.Throws<InvalidOperationException>(() => Pipeline.RemoveLast());
        Assert.Throws<ArgumentException>(() => Pipeline.Remove("a"));
        Assert.Throws<ArgumentException>(() => Pipeline.AddBefore("a", "b", new Plain()));
    }

    [Fact]
    public void Removes_by_name_type_instance_and_end()
    {
        var byInstance = new Plain();
        Pipeline.AddLast("first", new Plain());
        Pipeline.AddLast("named", new Plain());
        Pipeline.AddLast("instance", byInstance);
        Pipeline.AddLast("recorder", new Recorder());
        Pipeline.AddLast("last", new Plain());

        Pipeline.Remove("named");
        Pipeline.Remove(byInstance);
        Pipeline.Remove<Recorder>();
        Pipeline.RemoveFirst();
        Pipeline.RemoveLast();

        Assert.Empty(Pipeline);
    }

    [Fact]
    public void Tells_a_handler_that_it_was_added_and_removed()
    {
        var handler = new Recorder();

        Pipeline.AddLast(handler);
        IChannelHandlerContext context = Pipeline.Context(handler);
        bool removedBefore = context.Removed;
        Pipeline.Remove(handler);

        Assert.Equal(["Added", "Removed"], handler.Events);
        Assert.False(removedBefore);
        Assert.True(context.Removed);
    }

    [Fact]
    public void Adds_the_new_handler_before_it_removes_the_one_it_replaces()
    {
        var order = new List<string>();
        var old = new Told("old", order);

        Pipeline.AddLast("a", old);
        IChannelHandler replaced = Pipeline.Replace("a", "b", new Told("new", order));

        Assert.Same(old, replaced);
        Assert.Equal(["old added", "new added", "old removed"], order);
        Assert.Equal(["b"], Names());
    }

    [Fact]
    public void A_handler_may_be_replaced_under_its_own_name()
    {
        Pipeline.AddLast("a", new Plain());
        var second = new Plain();

        Pipeline.Replace("a", "a", second);

        Assert.Same(second, Pipeline.Get("a"));
    }

    [Fact]
    public void What_a_replaced_handler_fires_goes_to_its_successor()
    {
        var successor = new Recorder();
        var old = new Lambda { OnRead = (context, message) => context.FireChannelRead(message) };
        Pipeline.AddLast("a", old);
        IChannelHandlerContext context = Pipeline.Context("a");
        Pipeline.Replace("a", "b", successor);

        context.FireChannelRead("held");

        Assert.Contains("Read held", successor.Events);
    }

    [Fact]
    public void A_handler_that_removes_itself_in_an_event_can_pass_that_event_on()
    {
        var last = new Recorder();
        Pipeline.AddLast(new Lambda
        {
            OnRead = (context, message) =>
            {
                context.Channel.Pipeline.Remove(context.Handler);
                context.FireChannelRead(message);
                context.FireChannelRead("more");
            },
        });
        Pipeline.AddLast(last);

        _channel.WriteInbound("one");

        Assert.Equal(["Added", "Read one", "Read more", "ReadComplete"], last.Events);
        Assert.Single(Pipeline);
    }

    [Fact]
    public void A_handler_added_in_an_event_gets_what_that_event_passes_on()
    {
        var added = new Recorder();
        Pipeline.AddLast(new Lambda
        {
            OnRead = (context, message) =>
            {
                if (context.Channel.Pipeline.Get<Recorder>() is null)
                {
                    context.Channel.Pipeline.AddLast(added);
                }

                context.FireChannelRead(message);
            },
        });

        _channel.WriteInbound("one");

        Assert.Equal(["Added", "Read one", "ReadComplete"], added.Events);
    }

    [Fact]
    public void A_handler_that_two_neighbours_left_still_reaches_the_end()
    {
        var last = new Recorder();
        Pipeline.AddLast("a", new Plain());
        Pipeline.AddLast("b", new Plain());
        Pipeline.AddLast("c", new Plain());
        Pipeline.AddLast(last);
        IChannelHandlerContext first = Pipeline.Context("a");

        Pipeline.Remove("b");
        Pipeline.Remove("a");
        Pipeline.Remove("c");
        first.FireChannelRead("held");

        Assert.Contains("Read held", last.Events);
    }

    [Fact]
    public void A_handler_that_is_not_sharable_stands_in_one_pipeline()
    {
        var handler = new Plain();
        Pipeline.AddLast(handler);

        Assert.Throws<ChannelPipelineException>(() => new EmbeddedChannel().Pipeline.AddLast(handler));
    }

    [Fact]
    public void A_sharable_handler_stands_in_many()
    {
        var handler = new Sharable();

        Pipeline.AddLast(handler);
        new EmbeddedChannel().Pipeline.AddLast(handler);

        Assert.Same(handler, Pipeline.First());
    }

    [Fact]
    public void A_handler_whose_HandlerAdded_throws_is_removed_and_told_of_as_an_exception()
    {
        var before = new Recorder();
        Pipeline.AddLast(before);

        Pipeline.AddLast(new Lambda { OnAdded = _ => throw new InvalidOperationException("on purpose") });

        Assert.Same(before, Pipeline.Last());
        var fault = Assert.IsType<ChannelPipelineException>(before.Exceptions.Single());
        Assert.Equal("on purpose", fault.InnerException!.Message);
    }

    [Fact]
    public void A_handler_whose_HandlerRemoved_throws_is_gone_and_told_of()
    {
        var other = new Recorder();
        Pipeline.AddLast(other);
        Pipeline.AddLast("a", new Lambda { OnRemoved = _ => throw new InvalidOperationException("on purpose") });

        Pipeline.Remove("a");

        Assert.Same(other, Pipeline.Last());
        Assert.IsType<ChannelPipelineException>(other.Exceptions.Single());
    }

    [Fact]
    public void Handlers_added_before_registration_are_told_of_it_at_registration_in_their_order()
    {
        var order = new List<string>();
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false);
        channel.Pipeline.AddLast(new Told("a", order), new Told("b", order));
        string[] before = [.. order];

        channel.Register();

        Assert.Empty(before);
        Assert.Equal(["a added", "b added"], order);
    }

    [Fact]
    public void A_handler_removed_before_registration_is_told_nothing()
    {
        var handler = new Recorder();
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false);
        channel.Pipeline.AddLast(handler);
        channel.Pipeline.Remove(handler);

        channel.Register();

        Assert.Empty(handler.Events);
    }

    [Fact]
    public void A_handler_replaced_before_registration_is_told_nothing()
    {
        var old = new Recorder();
        var replacement = new Recorder();
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false);
        channel.Pipeline.AddLast("a", old);
        channel.Pipeline.Replace("a", "b", replacement);

        channel.Register();

        Assert.Empty(old.Events);
        Assert.Equal(["Added", "Registered", "Active"], replacement.Events);
    }

    [Fact]
    public void A_close_removes_all_handlers_last_to_first()
    {
        var order = new List<string>();
        Pipeline.AddLast(new Told("a", order), new Told("b", order));

        _channel.CloseAsync();

        Assert.Equal(["a added", "b added", "b removed", "a removed"], order);
        Assert.Empty(Pipeline);
    }

    [Fact]
    public void Refuses_null()
    {
        Assert.Throws<ArgumentNullException>(() => Pipeline.AddLast("a", null!));
        Assert.Throws<ArgumentNullException>(() => Pipeline.AddLast((IChannelHandler[])null!));
        Assert.Throws<ArgumentNullException>(() => Pipeline.FireChannelRead(null!));
        Assert.Throws<ArgumentNullException>(() => { _ = Pipeline.WriteAsync(null!); });
        Assert.Throws<ArgumentNullException>(() => Pipeline.Write(null!));
    }

    private string[] Names() => [.. Pipeline.Select(handler => Pipeline.Context(handler).Name)];

    private sealed class Plain : ChannelHandlerAdapter;

    private sealed class Sharable : ChannelHandlerAdapter
    {
        public override bool IsSharable => true;
    }

    private sealed class Told(string name, List<string> order) : ChannelHandlerAdapter
    {
        public override void HandlerAdded(IChannelHandlerContext context) => order.Add(name + " added");

        public override void HandlerRemoved(IChannelHandlerContext context) => order.Add(name + " removed");
    }
}
