using Acme.Heartbeat;
using DotNetty.Buffers;
using DotNetty.Handlers.Timeout;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Heartbeat;

public sealed class HeartbeatTests
{
    private readonly EmbeddedChannel _channel = new(new IdleStateHandler(30, 10, 0), new HeartbeatHandler());

    [Fact]
    public void A_quiet_writer_pings_every_ten_seconds()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(25));

        Assert.Equal(5, _channel.ReadOutbound<IByteBuffer>().ReadByte());
        Assert.Equal(5, _channel.ReadOutbound<IByteBuffer>().ReadByte());
        Assert.Null(_channel.ReadOutbound<IByteBuffer>());
    }

    [Fact]
    public void A_peer_that_is_silent_for_twice_the_time_is_dropped()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(59));
        bool before = _channel.Open;
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(2));

        Assert.Equal((true, false), (before, _channel.Open));
    }

    [Fact]
    public void A_peer_that_speaks_in_between_is_kept()
    {
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(45));
        _channel.WriteInbound("alive");
        _channel.AdvanceTimeBy(TimeSpan.FromSeconds(45));

        Assert.True(_channel.Open);
        Assert.Equal("alive", _channel.ReadInbound<string>());
    }

    [Fact]
    public void Other_user_events_pass()
    {
        var seen = new List<object>();
        _channel.Pipeline.AddLast(new UserEvents(seen));

        _channel.Pipeline.FireUserEventTriggered("reload");

        Assert.Equal(["reload"], seen);
    }

    private sealed class UserEvents(List<object> seen) : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => seen.Add(evt);
    }
}
