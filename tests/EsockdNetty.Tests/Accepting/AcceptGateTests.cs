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

    private sealed class BrokenGate(Refusal? refusal = null) : AcceptGate(refusal)
    {
        protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) => throw new NotImplementedException();
    }
}
