using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace EsockdNetty.Codecs.Tests.Pipeline;

/// <summary>On a thread with an arena, as a loop's is, packets are sliced without counting each one: nothing of that may be left behind.</summary>
public class PacketDecoderArenaTests
{
    private readonly BufferArena _arena = PooledByteBufferAllocator.AttachToCurrentThread();
    private readonly List<string> _packets = [];

    [Fact]
    public void All_storage_is_given_back_when_packets_are_released_at_once()
    {
        using var arena = _arena;
        EmbeddedChannel channel = Open(packet => packet.Release());

        channel.WriteInbound(Received("\u0001a\u0002bc\0\u0003def"));
        channel.WriteInbound(Received("\u0002gh\u0005ijk"));
        channel.WriteInbound(Received("lm\u0001n\u0001o"));

        Assert.Equal(["a", "bc", "", "def", "gh", "ijklm", "n", "o"], _packets);
        channel.FinishAndReleaseAll();
        Assert.Equal(0, arena.Held);
    }

    [Fact]
    public void A_packet_kept_keeps_the_storage_and_no_longer()
    {
        using var arena = _arena;
        var kept = new List<IByteBuffer>();
        EmbeddedChannel channel = Open(kept.Add);
        IByteBuffer received = Received("\u0001a\u0001b\u0001c");

        channel.WriteInbound(received);

        Assert.Equal(3, received.ReferenceCount);
        kept.ForEach(static packet => packet.Release());
        Assert.Equal(0, received.ReferenceCount);
        channel.FinishAndReleaseAll();
        Assert.Equal(0, arena.Held);
    }

    [Fact]
    public void All_storage_is_given_back_when_the_decoder_goes_in_the_middle()
    {
        using var arena = _arena;
        EmbeddedChannel channel = new();
        channel.Pipeline.AddLast(new PacketDecoder(PacketType.One), new Last(Release));

        channel.WriteInbound(Received("\u0001a\u0001b\u0001c"));

        Assert.Equal(["a", "b", "\u0001c"], _packets);
        channel.FinishAndReleaseAll();
        Assert.Equal(0, arena.Held);

        void Release(IByteBuffer packet)
        {
            _packets.Add(Text(packet));
            packet.Release();
            if (_packets.Count == 2) channel.Pipeline.Remove<PacketDecoder>();
        }
    }

    [Fact]
    public void Packets_of_packets_are_released_too()
    {
        using var arena = _arena;
        EmbeddedChannel channel = new();
        channel.Pipeline.AddLast(new PacketDecoder(PacketType.One), new PacketDecoder(PacketType.One), new Last(Release));

        channel.WriteInbound(Received("\u0004\u0001a\u0001b\u0004\u0001c\u0001d\u0002\u0001e"));

        Assert.Equal(["a", "b", "c", "d", "e"], _packets);
        channel.FinishAndReleaseAll();
        Assert.Equal(0, arena.Held);

        void Release(IByteBuffer packet)
        {
            _packets.Add(Text(packet));
            packet.Release();
        }
    }

    private EmbeddedChannel Open(Action<IByteBuffer> take) => new(new PacketDecoder(PacketType.One), new Last(packet =>
    {
        _packets.Add(Text(packet));
        take(packet);
    }));

    private static string Text(IByteBuffer packet) => packet.ToString(Encoding.ASCII);

    private static IByteBuffer Received(string bytes) =>
        PooledByteBufferAllocator.Default.Buffer(bytes.Length).WriteBytes(Encoding.Latin1.GetBytes(bytes));

    private sealed class Last(Action<IByteBuffer> take) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => take((IByteBuffer)message);
    }
}
