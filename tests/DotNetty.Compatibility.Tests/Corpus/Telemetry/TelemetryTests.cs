using Acme.Telemetry;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public void A_reading_survives_the_wire()
    {
        var sent = new Reading
        {
            Sensor = 0xABCDEF,
            Name = "boiler",
            Temperature = 61.5f,
            Pressure = 1.25,
            Timestamp = long.MaxValue - 1,
            Counter = -7,
            Flags = 0xF00F,
            Raw = [1, 2, 3],
        };
        var channel = new EmbeddedChannel(new ReadingDecoder(), new ReadingEncoder());

        channel.WriteOutbound(sent, sent);
        channel.WriteInbound(channel.ReadOutbound<IByteBuffer>(), channel.ReadOutbound<IByteBuffer>());

        Assert.Equivalent(sent, channel.ReadInbound<Reading>(), strict: true);
        Assert.Equivalent(sent, channel.ReadInbound<Reading>(), strict: true);
        Assert.False(channel.Finish());
    }

    [Fact]
    public void A_name_without_an_end_is_a_corrupted_frame()
    {
        var channel = new EmbeddedChannel(new ReadingDecoder());
        IByteBuffer frame = Unpooled.Buffer().WriteShort(30).WriteZero(29).WriteByte(7);
        frame.SetBytes(0, new byte[] { 0, 30 });
        for (int i = 2; i < frame.WriterIndex; i++)
        {
            frame.SetByte(i, 7);
        }

        Assert.Throws<CorruptedFrameException>(() => channel.WriteInbound(frame));
    }

    [Theory]
    [InlineData("heap")]
    [InlineData("direct")]
    [InlineData("composite")]
    public void A_packet_is_inspected_and_passed_on(string kind)
    {
        IByteBuffer packet = kind switch
        {
            "direct" => Packets.Direct("HTTP/1.1"),
            "composite" => Packets.Composed("HT", "TP", "/1.1"),
            _ => Packets.Of("HTTP/1.1"),
        };
        var inspector = new PacketInspector();
        var channel = new EmbeddedChannel(inspector);
        int sum = "HTTP/1.1".Sum(c => c);

        channel.WriteInbound(packet);

        Assert.Same(packet, channel.ReadInbound<IByteBuffer>());
        Assert.Equal((byte)'H', inspector.Findings["first byte"]);
        Assert.Equal(0x48545450, inspector.Findings["first int"]);
        Assert.Equal("485454502f312e31", inspector.Findings["hex"]);
        Assert.All(["by array", "by segment", "by copy", "by stream"], way => Assert.Equal(sum, inspector.Findings[way]));
        Assert.Equal("HT!**", inspector.Findings["header"]);
        Assert.StartsWith(".1", (string)inspector.Findings["tail"], StringComparison.Ordinal);
        Assert.Equal("HT", inspector.Findings["title"]);
        Assert.Equal(1, inspector.Findings["references"]);
        Assert.Equal(8, packet.ReadableBytes);
        Assert.True(packet.Release());
    }

    [Fact]
    public void Numbers_are_written_and_read()
    {
        IByteBuffer buffer = Packets.Counted(1, -2, short.MaxValue);

        Assert.Equal([1, -2, short.MaxValue], Packets.ReadCounted(buffer));
        Assert.False(buffer.IsReadable());
        buffer.Release();
    }
}
