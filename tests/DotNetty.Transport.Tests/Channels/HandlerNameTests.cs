using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class HandlerNameTests
{
    private readonly EmbeddedChannel _channel = new();

    [Fact]
    public void A_name_that_was_made_for_who_asked_stays()
    {
        _channel.Pipeline.AddLast(new Idle(), new Idle());
        IChannelHandlerContext second = _channel.Pipeline.LastContext();

        string name = second.Name;
        _channel.Pipeline.RemoveFirst();
        _channel.Pipeline.AddFirst(new Idle());

        Assert.Equal(name, second.Name);
        Assert.Same(second, _channel.Pipeline.Context(name));
        Assert.NotEqual(name, _channel.Pipeline.FirstContext().Name);
    }

    [Fact]
    public void A_name_that_was_given_is_told_after_the_removal_too()
    {
        _channel.Pipeline.AddLast("mine", new Idle());
        IChannelHandlerContext context = _channel.Pipeline.LastContext();

        _channel.Pipeline.Remove("mine");

        Assert.Equal("mine", context.Name);
        Assert.Null(_channel.Pipeline.Context("mine"));
        _channel.Pipeline.AddLast("mine", new Idle());
    }

    [Fact]
    public void The_name_of_one_that_was_removed_is_free()
    {
        _channel.Pipeline.AddLast(new Idle());
        string name = _channel.Pipeline.LastContext().Name;

        _channel.Pipeline.RemoveLast();
        _channel.Pipeline.AddLast(new Idle());

        Assert.Equal(name, _channel.Pipeline.LastContext().Name);
    }

    private sealed class Idle : ChannelHandlerAdapter;
}
