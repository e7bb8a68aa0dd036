using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels;

public sealed class ChannelInitializerTests
{
    [Fact]
    public void Builds_the_pipeline_in_its_place_and_takes_itself_out()
    {
        Lambda[] added = [new(), new()];
        var before = new Lambda();
        var after = new Lambda();

        IChannelHandler? self = null;
        self = new ActionChannelInitializer<IChannel>(channel =>
        {
            string name = channel.Pipeline.Context(self).Name;
            channel.Pipeline.AddAfter(name, null, added[1]);
            channel.Pipeline.AddAfter(name, null, added[0]);
        });
        var channel = new EmbeddedChannel(before, self, after);

        Assert.Equal([before, added[0], added[1], after], channel.Pipeline);
    }

    [Fact]
    public void What_it_adds_sees_the_registration_and_the_activation()
    {
        var recorder = new Recorder();

        _ = new EmbeddedChannel(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(recorder)));

        Assert.Equal(["Added", "Registered", "Active"], recorder.Events);
    }

    [Fact]
    public void One_instance_serves_many_channels_and_runs_once_in_each()
    {
        var channels = new List<IChannel>();
        var initializer = new ActionChannelInitializer<IChannel>(channels.Add);

        EmbeddedChannel[] all = [new(initializer), new(initializer), new(initializer)];

        Assert.Equal(all, channels);
    }

    [Fact]
    public void Runs_also_when_it_is_added_after_the_registration()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel();

        channel.Pipeline.AddLast(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(recorder)));

        Assert.Equal([recorder], channel.Pipeline);
        Assert.Equal(["Added"], recorder.Events);
    }

    [Fact]
    public void Initializers_may_add_initializers()
    {
        var recorder = new Recorder();

        var channel = new EmbeddedChannel(new ActionChannelInitializer<IChannel>(outer =>
            outer.Pipeline.AddLast(new ActionChannelInitializer<IChannel>(inner => inner.Pipeline.AddLast(recorder)))));

        Assert.Equal([recorder], channel.Pipeline);
        Assert.Equal(["Added", "Registered", "Active"], recorder.Events);
    }

    [Fact]
    public void One_that_throws_closes_that_channel_and_no_other()
    {
        int number = 0;
        var initializer = new ActionChannelInitializer<IChannel>(_ =>
        {
            if (number++ == 0)
            {
                throw new InvalidOperationException("on purpose");
            }
        });
        using var first = new ScriptedChannel(initializer);
        using var second = new ScriptedChannel(initializer);

        first.Register();
        second.Register();

        Assert.False(first.Channel.Open);
        Assert.True(first.Socket.Closed);
        Assert.True(first.Channel.CloseCompletion.IsCompletedSuccessfully);
        Assert.True(second.Channel.Active);
    }

    [Fact]
    public void One_that_throws_is_told_of_to_the_handlers_before_it()
    {
        using var channel = new ScriptedChannel(new Recorder(), new ActionChannelInitializer<IChannel>(_ => throw new InvalidOperationException("on purpose")));
        var first = (Recorder)channel.Channel.Pipeline.First();

        channel.Register();

        Assert.Equal("on purpose", Assert.Single(first.Exceptions).Message);
    }

    [Fact]
    public void A_channel_whose_initializer_throws_was_never_active()
    {
        using var channel = new ScriptedChannel(new ActionChannelInitializer<IChannel>(_ => throw new InvalidOperationException("on purpose")));

        channel.Register();

        Assert.DoesNotContain("Active", channel.Recorder.Events);
        Assert.DoesNotContain("Inactive", channel.Recorder.Events);
        Assert.Contains("Unregistered", channel.Recorder.Events);
    }
}
