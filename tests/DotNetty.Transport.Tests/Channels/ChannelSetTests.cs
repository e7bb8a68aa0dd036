using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class ChannelSetTests
{
    private readonly ChannelSet _set = new();

    [Fact]
    public void Keeps_what_came_and_has_not_gone_whatever_the_order()
    {
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 100).Select(static _ => new EmbeddedChannel())];
        foreach (EmbeddedChannel channel in channels)
        {
            _set.Add(channel);
        }

        EmbeddedChannel[] gone = [channels[0], channels[99], channels[50], .. channels[10..40], .. channels[60..90]];
        foreach (EmbeddedChannel channel in gone)
        {
            _set.Remove(channel);
        }

        HashSet<IChannel> left = [.. channels.Except(gone)];
        Assert.Equal(left.Count, _set.Count);
        Assert.Equal(left, [.. _set]);
        Assert.Equal(left, [.. _set.ToArray()]);
    }

    [Fact]
    public void Leaves_alone_who_is_not_in_it()
    {
        var channel = new EmbeddedChannel();
        var stranger = new EmbeddedChannel();
        _set.Add(channel);

        _set.Remove(stranger);
        _set.Remove(channel);
        _set.Remove(channel);

        Assert.Empty(_set);
    }
}
