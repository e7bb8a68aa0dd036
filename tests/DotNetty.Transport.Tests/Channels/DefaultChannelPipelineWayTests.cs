using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

/// <summary>Messages go straight to those who take part; whoever comes and goes, none of those is missed and no order changes.</summary>
public sealed class DefaultChannelPipelineWayTests
{
    private readonly List<string> _seen = [];
    private readonly EmbeddedChannel _channel = new();

    private IChannelPipeline Pipeline => _channel.Pipeline;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reaches_all_who_take_part_in_their_order_after_any_edit(int seed)
    {
        var random = new Random(seed);
        for (int edit = 0; edit < 500; edit++)
        {
            Edit(random, edit.ToString());

            Assert.Equal(Order<Reader>(), Seen(() => Pipeline.FireChannelRead("in")));
            Assert.Equal(Order<Writer>().Reverse(), Seen(() => Pipeline.Write("out")));
            Assert.Equal(Order<Writer>().Reverse(), Seen(() => Pipeline.Flush()));
        }
    }

    [Fact]
    public void What_a_removed_handler_passes_on_reaches_one_that_was_added_behind_its_neighbour_later()
    {
        var removed = new Reader(_seen);
        Pipeline.AddLast("removed", removed);
        Pipeline.AddLast("neighbour", new Plain());
        IChannelHandlerContext context = Pipeline.Context(removed);
        Pipeline.Remove(removed);
        Pipeline.AddLast("later", new Reader(_seen));

        Assert.Equal(["later"], Seen(() => context.FireChannelRead("in")));
    }

    [Fact]
    public void What_a_removed_handler_writes_passes_one_that_was_added_before_its_neighbour_later()
    {
        var removed = new Writer(_seen);
        Pipeline.AddLast("neighbour", new Plain());
        Pipeline.AddLast("removed", removed);
        IChannelHandlerContext context = Pipeline.Context(removed);
        Pipeline.Remove(removed);
        Pipeline.AddFirst("later", new Writer(_seen));

        Assert.Equal(["later"], Seen(() => context.Write("out")));
    }

    private void Edit(Random random, string name)
    {
        string[] names = [.. Pipeline.Select(handler => Pipeline.Context(handler).Name)];
        string? other = names.Length == 0 ? null : names[random.Next(names.Length)];
        IChannelHandler handler = random.Next(3) switch { 0 => new Plain(), 1 => new Reader(_seen), _ => new Writer(_seen) };
        switch (other is null ? 0 : random.Next(names.Length > 12 ? 7 : 5))
        {
            case 0: Pipeline.AddLast(name, handler); break;
            case 1: Pipeline.AddFirst(name, handler); break;
            case 2: Pipeline.AddBefore(other, name, handler); break;
            case 3: Pipeline.AddAfter(other, name, handler); break;
            case 4: Pipeline.Replace(other, name, handler); break;
            default: Pipeline.Remove(other); break;
        }
    }

    private IEnumerable<string> Order<T>() => Pipeline.Where(static handler => handler is T).Select(handler => Pipeline.Context(handler).Name);

    private string[] Seen(Action action)
    {
        _seen.Clear();
        action();
        return [.. _seen];
    }

    private sealed class Plain : ChannelHandlerAdapter;

    private sealed class Reader(List<string> seen) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            seen.Add(context.Name);
            context.FireChannelRead(message);
        }
    }

    private sealed class Writer(List<string> seen) : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            seen.Add(context.Name);
            return context.WriteAsync(message);
        }

        public override void Flush(IChannelHandlerContext context)
        {
            seen.Add(context.Name);
            context.Flush();
        }
    }
}
