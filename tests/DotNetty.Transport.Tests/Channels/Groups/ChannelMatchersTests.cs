using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Groups;
using DotNetty.Transport.Channels.Local;

namespace DotNetty.Transport.Tests.Channels.Groups;

public sealed class ChannelMatchersTests
{
    private readonly IChannel _connection = new EmbeddedChannel();
    private readonly IChannel _server = new LocalServerChannel();

    [Fact]
    public void Each_matches_what_it_says()
    {
        Assert.Equal((true, true), Matched(ChannelMatchers.All()));
        Assert.Equal((true, false), Matched(ChannelMatchers.Is(_connection)));
        Assert.Equal((false, true), Matched(ChannelMatchers.IsNot(_connection)));
        Assert.Equal((true, false), Matched(ChannelMatchers.IsInstanceOf(typeof(IEmbeddedChannel))));
        Assert.Equal((false, true), Matched(ChannelMatchers.IsNotInstanceOf(typeof(IEmbeddedChannel))));
        Assert.Equal((false, true), Matched(ChannelMatchers.IsServerChannel()));
        Assert.Equal((true, false), Matched(ChannelMatchers.IsNonServerChannel()));
        Assert.Equal((false, false), Matched(ChannelMatchers.Invert(ChannelMatchers.All())));
    }

    [Fact]
    public void Composed_ones_must_all_match()
    {
        Assert.Equal((true, false), Matched(ChannelMatchers.Compose(ChannelMatchers.All(), ChannelMatchers.IsNonServerChannel())));
        Assert.Equal((false, false), Matched(ChannelMatchers.Compose(ChannelMatchers.IsServerChannel(), ChannelMatchers.IsNonServerChannel())));
        Assert.Throws<ArgumentException>(static () => ChannelMatchers.Compose());
    }

    private (bool Connection, bool Server) Matched(IChannelMatcher matcher) => (matcher.Matches(_connection), matcher.Matches(_server));
}
