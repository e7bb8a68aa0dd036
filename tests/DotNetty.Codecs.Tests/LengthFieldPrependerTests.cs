using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class LengthFieldPrependerTests : LeakFreeTests
{
    [Theory]
    [InlineData(ByteOrder.BigEndian, 1, "03")]
    [InlineData(ByteOrder.BigEndian, 2, "0003")]
    [InlineData(ByteOrder.BigEndian, 3, "000003")]
    [InlineData(ByteOrder.BigEndian, 4, "00000003")]
    [InlineData(ByteOrder.BigEndian, 8, "0000000000000003")]
    [InlineData(ByteOrder.LittleEndian, 1, "03")]
    [InlineData(ByteOrder.LittleEndian, 2, "0300")]
    [InlineData(ByteOrder.LittleEndian, 3, "030000")]
    [InlineData(ByteOrder.LittleEndian, 4, "03000000")]
    [InlineData(ByteOrder.LittleEndian, 8, "0300000000000000")]
    public void Writes_lengths_of_every_size_and_order(ByteOrder order, int size, string length)
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(order, size, 0, false));

        channel.WriteOutbound(Bytes(7, 8, 9));

        Assert.Equal(length + "070809", Sent(channel));
    }

    [Fact]
    public void Counts_the_field_itself_and_the_adjustment_when_told_to()
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(2, 10, true));

        channel.WriteOutbound(Bytes(7, 8, 9));

        Assert.Equal("000f070809", Sent(channel));
    }

    [Fact]
    public void A_write_without_a_promise_gets_its_length_too()
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(2));

        channel.Write(Bytes(7));
        channel.Write(Bytes());
        channel.Flush();

        Assert.Equal("0001070000", Sent(channel));
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 65536)]
    [InlineData(3, 16777216)]
    public async Task A_message_too_long_for_the_field_fails_alone(int size, int length)
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(size));
        IByteBuffer tooLong = Unpooled.WrappedBuffer(new byte[length]);

        Task write = channel.WriteAndFlushAsync(tooLong);

        await Assert.ThrowsAsync<EncoderException>(() => write);
        Assert.Empty(channel.OutboundMessages);
        Assert.True(channel.WriteOutbound(Bytes(1)));
        Assert.Equal(0, tooLong.ReferenceCount);
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public async Task An_adjustment_below_nothing_fails()
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(2, -2));

        await Assert.ThrowsAsync<EncoderException>(() => channel.WriteAndFlushAsync(Bytes(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(70_000)]
    public void Length_and_message_go_down_as_one(int length)
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(4));
        byte[] bytes = [.. Enumerable.Range(0, length + 1).Select(static i => (byte)i)];
        IByteBuffer message = PooledByteBufferAllocator.Default.Buffer(length + 1).WriteBytes(bytes).SkipBytes(1);

        channel.WriteOutbound(message);

        var framed = (IByteBuffer)Assert.Single(channel.OutboundMessages);
        Assert.Equal(length, framed.ReadInt());
        Assert.Equal(ByteBufferUtil.HexDump(bytes, 1, length), ByteBufferUtil.HexDump(framed));
        channel.FinishAndReleaseAll();
        Assert.Equal(0, message.ReferenceCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3000)]
    public async Task A_message_released_already_fails_alone(int length)
    {
        var channel = new EmbeddedChannel(new LengthFieldPrepender(4));
        IByteBuffer message = Unpooled.WrappedBuffer(new byte[length]);
        message.Release();

        await Assert.ThrowsAsync<EncoderException>(() => channel.WriteAndFlushAsync(message));

        Assert.Empty(channel.OutboundMessages);
    }

    [Fact]
    public void Refuses_a_field_of_five_bytes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthFieldPrepender(5));
    }

    private static string Sent(EmbeddedChannel channel)
    {
        string sent = string.Concat(channel.OutboundMessages.Cast<IByteBuffer>().Select(ByteBufferUtil.HexDump));
        channel.FinishAndReleaseAll();
        return sent;
    }
}
