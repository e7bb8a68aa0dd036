using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public class PacketEncoderTests : LeakFreeTests
{
    private readonly List<EmbeddedChannel> _opened = [];

    public override void Dispose()
    {
        _opened.ForEach(channel => channel.FinishAndReleaseAll());
        base.Dispose();
    }

    [Theory]
    [InlineData("1", 255)]
    [InlineData("2", 0)]
    [InlineData("2", 2048)]
    [InlineData("2", 2049)]
    [InlineData("2", 65535)]
    [InlineData("4le", 70000)]
    public void Writes_header_and_body_as_one_message(string type, int length)
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Parse(type)));
        IByteBuffer body = Unpooled.Buffer(Math.Max(length, 1)).WriteBytes(Enumerable.Range(0, length).Select(i => (byte)i).ToArray());
        byte[] expected = [.. Encoded(type, body)];

        channel.WriteOutbound(body);

        Assert.Equal(expected, TakeWritten(channel));
        Assert.Null(channel.ReadOutbound<IByteBuffer>());
        Assert.Equal(0, body.ReferenceCount);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("line")]
    public void Adds_nothing_under_a_type_without_header(string type)
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Parse(type), 1));
        IByteBuffer body = Unpooled.CopiedBuffer("abc"u8.ToArray());

        channel.WriteOutbound(body);

        Assert.Same(body, Assert.Single(channel.OutboundMessages));
    }

    [Fact]
    public void Other_messages_pass()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Two));

        channel.WriteOutbound("text");

        Assert.Equal("text", channel.ReadOutbound<string>());
    }

    [Fact]
    public async Task A_body_too_long_fails_its_task_and_nothing_else()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Two));
        IByteBuffer tooLong = Unpooled.WrappedBuffer(new byte[65536]);

        Task write = channel.WriteAndFlushAsync(tooLong);
        channel.WriteOutbound(Unpooled.CopiedBuffer("ab"u8.ToArray()));

        PacketException error = await Assert.ThrowsAsync<PacketException>(() => write);
        Assert.Equal(PacketFault.BodyTooLong, error.Kind);
        Assert.Equal(0, tooLong.ReferenceCount);
        Assert.Equal("00026162", Convert.ToHexString(TakeWritten(channel)));
        Assert.True(channel.Open);
    }

    [Fact]
    public void A_body_too_long_without_a_promise_is_reported_and_nothing_else()
    {
        Faults faults = new();
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.One), faults);
        IByteBuffer tooLong = Unpooled.WrappedBuffer(new byte[256]);

        ((IChannel)channel).Write(tooLong);
        ((IChannel)channel).Write(Unpooled.CopiedBuffer("ab"u8.ToArray()));
        channel.Flush();

        PacketException error = Assert.IsType<PacketException>(Assert.Single(faults.Caught));
        Assert.Equal(PacketFault.BodyTooLong, error.Kind);
        Assert.Equal(0, tooLong.ReferenceCount);
        Assert.Equal("026162", Convert.ToHexString(TakeWritten(channel)));
        Assert.True(channel.Open);
    }

    [Fact]
    public void Small_packets_without_a_promise_go_down_together_at_the_flush()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.One));

        channel.Pipeline.Write(Buffer("a"));
        channel.Pipeline.Write(Buffer("bc"));
        int before = channel.OutboundMessages.Count;
        channel.Flush();

        Assert.Equal(0, before);
        Assert.Equal("0161026263", Convert.ToHexString(TakeWritten(channel)));
        Assert.Empty(channel.OutboundMessages);
    }

    [Fact]
    public void Packets_keep_their_order_whichever_way_they_are_written()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Two));
        string large = new('x', 3000);

        channel.Pipeline.Write(Buffer("a"));
        _ = channel.WriteAsync(Buffer("b"));
        channel.Pipeline.Write(Buffer("c"));
        channel.Pipeline.Write(Buffer(large));
        channel.Pipeline.Write(Buffer("d"));
        _ = channel.WriteAsync("text");
        channel.Flush();

        List<string> written = [.. channel.OutboundMessages.Select(message => message is IByteBuffer buffer ? buffer.ToString(Encoding.Latin1) : (string)message)];
        Assert.Equal(["\0\u0001a", "\0\u0001b", "\0\u0001c", "\u000b\u00b8" + large, "\0\u0001d", "text"], written);
    }

    [Fact]
    public void Many_small_packets_take_few_messages_of_a_few_KiB()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Two));
        for (int i = 0; i < 1000; i++)
        {
            channel.Pipeline.Write(Buffer("0123456789"));
        }

        channel.Flush();

        Assert.InRange(channel.OutboundMessages.Count, 3, 4);
        Assert.All(channel.OutboundMessages, message => Assert.InRange(((IByteBuffer)message).Capacity, 1, 4096));
        Assert.Equal(12_000, channel.OutboundMessages.Sum(message => ((IByteBuffer)message).ReadableBytes));
    }

    [Fact]
    public void A_packet_never_flushed_is_released_with_the_connection_and_not_sent()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Two));
        channel.Pipeline.Write(Buffer("a"));

        channel.CloseAsync();

        Assert.Empty(channel.OutboundMessages);
    }

    [Fact]
    public void What_waits_for_a_flush_goes_down_when_the_encoder_is_removed()
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.One));
        channel.Pipeline.Write(Buffer("a"));

        channel.Pipeline.Remove<PacketEncoder>();
        channel.Pipeline.Write(Buffer("b"));
        channel.Flush();

        Assert.Equal("0161", Convert.ToHexString(TakeWritten(channel)));
        Assert.Equal("62", Convert.ToHexString(TakeWritten(channel)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    [InlineData(60_000)]
    public void The_task_of_a_packet_is_done_when_it_is_out_and_not_before(int length)
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Four));

        Task write = channel.WriteAsync(Buffer(new string('x', length)));
        (bool IsDone, long Waiting) before = (write.IsCompleted, ((AbstractChannel)channel).Unsafe.OutboundBuffer.TotalPendingWriteBytes());
        channel.Flush();

        Assert.Equal((false, 4 + length), before);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(4 + length, TakeWritten(channel).Length);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    [InlineData(60_000)]
    public async Task A_packet_that_cannot_go_out_fails_its_task_and_is_released(int length)
    {
        EmbeddedChannel channel = Open(new PacketEncoder(PacketType.Four));
        IByteBuffer body = Buffer(new string('x', length));
        Task write = channel.WriteAsync(body);

        await channel.CloseAsync();

        await Assert.ThrowsAsync<ClosedChannelException>(() => write);
        Assert.Equal(0, body.ReferenceCount);
        Assert.Empty(channel.OutboundMessages);
    }

    private EmbeddedChannel Open(params IChannelHandler[] handlers)
    {
        EmbeddedChannel channel = new(handlers);
        _opened.Add(channel);
        return channel;
    }

    private static IEnumerable<byte> Encoded(string type, IByteBuffer body)
    {
        PacketWriter writer = new(PacketType.Parse(type));
        byte[] header = new byte[writer.Type.HeaderLength];
        writer.WriteHeader(header, body.ReadableBytes);
        return [.. header, .. Bytes(body)];
    }

    private static IByteBuffer Buffer(string text) => Unpooled.CopiedBuffer(Encoding.Latin1.GetBytes(text));

    private static byte[] TakeWritten(EmbeddedChannel channel)
    {
        IByteBuffer written = channel.ReadOutbound<IByteBuffer>();
        byte[] bytes = Bytes(written);
        written.Release();
        return bytes;
    }

    private static byte[] Bytes(IByteBuffer buffer)
    {
        byte[] bytes = new byte[buffer.ReadableBytes];
        buffer.GetBytes(buffer.ReaderIndex, bytes);
        return bytes;
    }
}
