using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Tests.Connections;

/// <summary>A stage between the encoder and the socket may refuse a write: a header without its body would take the stream out of step for good.</summary>
public sealed class DroppedPacketTests : LeakFreeTests
{
    private const int Body = 3000;
    private const int Packet = 4 + Body;

    // Bounds that are passed by a packet's last byte, by its header, by a byte of its header, and not.
    [Theory]
    [InlineData(1)]
    [InlineData(Packet - 1)]
    [InlineData(Packet)]
    [InlineData(Packet + 1)]
    [InlineData(Packet + 3)]
    [InlineData(Packet + 4)]
    [InlineData(Packet + 5)]
    [InlineData(10 * Packet)]
    public void A_packet_is_dropped_whole_or_not_at_all(int maxPending)
    {
        AssertWhole(maxPending, new PacketEncoder(PacketType.Four));
        AssertWhole(maxPending, new LengthFieldPrepender(4));
    }

    private static void AssertWhole(int maxPending, IChannelHandler encoder)
    {
        SlowConsumerHandler slow = new(maxPending, sendTimeout: null, SlowConsumerPolicy.DropWrite);
        EmbeddedChannel channel = new(slow, encoder);

        for (byte i = 0; i < 4; i++)
        {
            channel.Pipeline.Write(NewBody(i));
            _ = channel.Pipeline.WriteAsync(NewBody(i)).Exception;
        }

        channel.Flush();

        byte[] sent = TakeSent(channel);
        Assert.Equal(0, sent.Length % Packet);
        Assert.Equal(8, sent.Length / Packet + slow.DroppedWrites);
        Assert.All(sent.Chunk(Packet), static packet => Assert.Equal(Expected(packet[^1]), packet));
    }

    private static IByteBuffer NewBody(byte filling)
    {
        byte[] bytes = new byte[Body];
        Array.Fill(bytes, filling);
        return PooledByteBufferAllocator.Default.Buffer(Body).WriteBytes(bytes);
    }

    private static byte[] Expected(byte filling) => [0, 0, Body >> 8, Body & 0xFF, .. Enumerable.Repeat(filling, Body)];

    private static byte[] TakeSent(EmbeddedChannel channel)
    {
        List<byte> sent = [];
        while (channel.ReadOutbound<IByteBuffer>() is { } part)
        {
            sent.AddRange(part.GetIoBuffers().SelectMany(static region => region));
            part.Release();
        }

        return [.. sent];
    }
}
