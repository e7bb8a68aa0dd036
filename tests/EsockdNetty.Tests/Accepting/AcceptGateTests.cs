using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

public sealed class AcceptGateTests
{
    private readonly EventRecorder _recorder = new();

    [Fact]
    public void A_gate_that_throws_refuses_and_gives_back_what_earlier_gates_took()
    {
        var limit = new ConnectionLimit(1);
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit), new BrokenGate(), _recorder);
        var child = new ChildChannel();

        server.WriteInbound(child);

        Assert.False(child.Open);
        Assert.Equal(0, limit.Count);
        Assert.Equal([new ConnectionRefused(RefusalReason.GateFault, ChildChannel.Peer)], _recorder.Events);
        Assert.IsType<NotImplementedException>(Assert.Single(_recorder.Exceptions));
    }

    [Fact]
    public void Passes_on_what_is_no_connection()
    {
        var server = new EmbeddedChannel(new BrokenGate());

        server.WriteInbound("something else");

        Assert.Equal("something else", server.ReadInbound<string>());
    }

    [Fact]
    public void Sends_the_bytes_of_its_refusal_before_it_closes()
    {
        var server = new EmbeddedChannel(new BrokenGate(Refusal.Bytes("busy"u8)), _recorder);
        var child = new ChildChannel();

        server.WriteInbound(child);

        Assert.Equal("busy", child.ReadOutbound<IByteBuffer>().ToString(Encoding.ASCII));
        Assert.False(child.Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void A_refusal_sends_1_to_512_bytes(int length) => Assert.Throws<ArgumentException>(() => Refusal.Bytes(new byte[length]));

    public static TheoryData<Refusal> InOrder => [Refusal.Close, Refusal.Bytes("busy"u8)];

    [Theory]
    [MemberData(nameof(InOrder))]
    public void Of_refused_connections_that_do_not_end_so_many_are_waited_for_and_the_rest_is_reset(Refusal refusal)
    {
        var server = new EmbeddedChannel(new BrokenGate(refusal), _recorder);
        ChildChannel[] children = [.. Enumerable.Range(0, 200).Select(static _ => StillSending())];

        server.WriteInbound([.. children]);

        Assert.All(children[..Refusal.MostLingering], static child => Assert.True(child.Open));
        Assert.All(children[Refusal.MostLingering..], static child => Assert.False(child.Open));
        Assert.Equal(200, _recorder.Events.OfType<ConnectionRefused>().Count());
    }

    [Fact]
    public void One_that_has_ended_makes_room_for_the_next()
    {
        var server = new EmbeddedChannel(new BrokenGate(Refusal.Close), _recorder);
        ChildChannel[] children = [.. Enumerable.Range(0, Refusal.MostLingering).Select(static _ => StillSending())];
        server.WriteInbound([.. children]);
        ChildChannel[] next = [StillSending(), StillSending()];

        children[7].Unsafe.CloseForcibly();
        server.WriteInbound([.. next]);

        Assert.Equal([true, false], next.Select(static child => child.Open));
    }

    [Fact]
    public void Those_that_end_at_once_take_no_room()
    {
        var server = new EmbeddedChannel(new BrokenGate(Refusal.Close), _recorder);
        server.WriteInbound([.. Enumerable.Range(0, 200).Select(static _ => new ChildChannel())]);
        ChildChannel next = StillSending();

        server.WriteInbound(next);

        Assert.True(next.Open);
    }

    private static ChildChannel StillSending()
    {
        var child = new ChildChannel();
        child.Pipeline.AddLast(new Lingers());
        return child;
    }

    /// <summary>As the transport closes in order while its peer goes on sending.</summary>
    private sealed class Lingers : ChannelHandlerAdapter
    {
        public override Task CloseAsync(IChannelHandlerContext context) => context.Channel.CloseCompletion;
    }

    private sealed class BrokenGate(Refusal? refusal = null) : AcceptGate(refusal)
    {
        protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) => throw new NotImplementedException();
    }
}
