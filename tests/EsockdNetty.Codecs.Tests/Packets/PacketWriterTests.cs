using System.Buffers;

namespace EsockdNetty.Codecs.Tests.Packets;

public class PacketWriterTests
{
    [Theory]
    [InlineData("raw", "616263")]
    [InlineData("1", "03616263")]
    [InlineData("2", "0003616263")]
    [InlineData("2le", "0300616263")]
    [InlineData("4", "00000003616263")]
    [InlineData("4le", "03000000616263")]
    [InlineData("line", "616263")]
    public void Puts_the_header_before_the_body_and_nothing_where_there_is_none(string type, string written)
    {
        ArrayBufferWriter<byte> span = new();
        ArrayBufferWriter<byte> sequence = new();

        Writer(type).Write(span, "abc"u8);
        Writer(type).Write(sequence, Segments.Of("abc"u8.ToArray(), 2));

        Assert.Equal(written, Convert.ToHexString(span.WrittenSpan));
        Assert.Equal(written, Convert.ToHexString(sequence.WrittenSpan));
    }

    [Theory]
    [InlineData("1", 255, "FF")]
    [InlineData("2", 65535, "FFFF")]
    [InlineData("2le", 256, "0001")]
    [InlineData("4", 1048576, "00100000")]
    [InlineData("4", 0, "00000000")]
    public void Writes_the_header_alone_for_the_longest_body_too(string type, int length, string written)
    {
        byte[] header = new byte[written.Length / 2];

        int count = Writer(type).WriteHeader(header, length);

        Assert.Equal(header.Length, count);
        Assert.Equal(written, Convert.ToHexString(header));
    }

    [Theory]
    [InlineData("1", PacketParser.DefaultMaxFrame, 256, 255)]
    [InlineData("2", PacketParser.DefaultMaxFrame, 65536, 65535)]
    [InlineData("2le", PacketParser.DefaultMaxFrame, 65536, 65535)]
    [InlineData("4", PacketParser.DefaultMaxFrame, 1048577, 1048576)]
    [InlineData("2", 10, 11, 10)]
    [InlineData("4", FrameLimit.Largest, 0x7FFFFFFCL, 0x7FFFFFFBL)]
    [InlineData("4", FrameLimit.Largest, 0x1_0000_0000L, 0x7FFFFFFBL)]
    public void A_body_too_long_is_refused_and_no_byte_is_touched(string type, int maxFrame, long length, long limit)
    {
        byte[] destination = [0xEE, 0xEE, 0xEE, 0xEE];

        PacketException error = Assert.Throws<PacketException>(() => Writer(type, maxFrame).WriteHeader(destination, length));

        Assert.Equal((PacketFault.BodyTooLong, limit, length), (error.Kind, error.Limit, error.Length));
        Assert.Contains($"type {type}:", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{length} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{limit}.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Send less at once", error.Message, StringComparison.Ordinal);
        Assert.Equal("EEEEEEEE", Convert.ToHexString(destination));
    }

    [Fact]
    public void Sixty_five_thousand_five_hundred_and_thirty_six_bytes_do_not_wrap_to_zero()
    {
        ArrayBufferWriter<byte> output = new();

        Assert.Throws<PacketException>(() => Writer("2").Write(output, new byte[65536]));
        Assert.Throws<PacketException>(() => Writer("2").Write(output, Segments.Of(new byte[65536], 1000)));

        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("line")]
    public void What_has_no_header_has_no_longest_body(string type)
    {
        ArrayBufferWriter<byte> output = new();

        Writer(type, 2).Write(output, "abc\n"u8);
        Writer(type, 2).ThrowIfTooLong(long.MaxValue);

        Assert.Equal(4, output.WrittenCount);
    }

    [Fact]
    public void A_span_shorter_than_the_header_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Writer("4").WriteHeader(new byte[3], 1));
    }

    private static PacketWriter Writer(string type, int maxFrame = PacketParser.DefaultMaxFrame) => new(PacketType.Parse(type), maxFrame);
}
