using System.Buffers;
using System.Text;

namespace EsockdNetty.Codecs.Tests.Packets;

public class PacketParserTests
{
    [Theory]
    [InlineData("1", "03 61 62 63 64", "abc", "d")]
    [InlineData("1", "00 61", "", "a")]
    [InlineData("2", "00 03 61 62 63 64", "abc", "d")]
    [InlineData("2", "00 00", "", "")]
    [InlineData("2le", "03 00 61 62 63 64", "abc", "d")]
    [InlineData("4", "00 00 00 03 61 62 63 64", "abc", "d")]
    [InlineData("4le", "03 00 00 00 61 62 63 64", "abc", "d")]
    [InlineData("line", "61 62 0D 0A 63 64", "ab\r\n", "cd")]
    [InlineData("line", "0A 0A", "\n", "\n")]
    [InlineData("line:0x3b", "61 0A 3B 62", "a\n;", "b")]
    [InlineData("raw", "61 62 63", "abc", "")]
    public void Takes_one_packet_and_leaves_the_rest(string type, string input, string packet, string rest)
    {
        ReadOnlySpan<byte> bytes = Bytes(input);
        ReadOnlySequence<byte> sequence = Segments.Of(Convert.FromHexString(input.Replace(" ", "", StringComparison.Ordinal)), 1);

        bool fromSpan = Parser(type).TryRead(ref bytes, out ReadOnlySpan<byte> spanPacket);
        bool fromSequence = Parser(type).TryRead(ref sequence, out ReadOnlySequence<byte> sequencePacket);

        Assert.True(fromSpan && fromSequence);
        Assert.Equal((packet, rest), (Encoding.ASCII.GetString(spanPacket), Encoding.ASCII.GetString(bytes)));
        Assert.Equal((packet, rest), (Encoding.ASCII.GetString(sequencePacket), Encoding.ASCII.GetString(sequence)));
    }

    [Theory]
    [InlineData("1", "", 0)]
    [InlineData("1", "03 61", 4)]
    [InlineData("2", "00", 0)]
    [InlineData("2", "00 03 61", 5)]
    [InlineData("4", "00 00 00", 0)]
    [InlineData("4", "00 00 00 01", 5)]
    [InlineData("4", "7F FF FF FB", 2147483647)]
    [InlineData("line", "61 62 63 64", 0)]
    [InlineData("raw", "", 1)]
    public void Says_how_much_input_holds_the_packet_once_that_is_known(string type, string input, int needed)
    {
        PacketResult result = Parser(type, FrameLimit.Largest).Read(Bytes(input));

        Assert.Equal(PacketStatus.NeedMore, result.Status);
        Assert.Equal(needed, result.Needed);
    }

    [Theory]
    [InlineData("1", 2, "02 61 62", PacketStatus.Packet)]
    [InlineData("1", 2, "03", PacketStatus.Violation)]
    [InlineData("2", 3, "00 03 61 62 63", PacketStatus.Packet)]
    [InlineData("2", 3, "00 04", PacketStatus.Violation)]
    [InlineData("4", FrameLimit.Largest, "7F FF FF FC", PacketStatus.Violation)]
    [InlineData("4", FrameLimit.Largest, "7F FF FF FF", PacketStatus.Violation)]
    [InlineData("4", FrameLimit.Largest, "80 00 00 00", PacketStatus.Violation)]
    [InlineData("4", FrameLimit.Largest, "FF FF FF FF", PacketStatus.Violation)]
    [InlineData("4", PacketParser.DefaultMaxFrame, "00 10 00 00", PacketStatus.NeedMore)]
    [InlineData("4", PacketParser.DefaultMaxFrame, "00 10 00 01", PacketStatus.Violation)]
    [InlineData("line", 4, "61 62 63 0A", PacketStatus.Packet)]
    [InlineData("line", 4, "61 62 63 64", PacketStatus.NeedMore)]
    [InlineData("line", 4, "61 62 63 64 0A", PacketStatus.Violation)]
    [InlineData("line", 4, "61 62 63 64 65", PacketStatus.Violation)]
    [InlineData("raw", 1, "61 62 63", PacketStatus.Packet)]
    public void Holds_packets_to_the_limit_as_soon_as_their_length_is_known(string type, int maxFrame, string input, PacketStatus status)
    {
        Assert.Equal(status, Parser(type, maxFrame).Read(Bytes(input)).Status);
        Assert.Equal(status, Parser(type, maxFrame).Read(Segments.Of(Bytes(input).ToArray(), 1)).Status);
    }

    [Fact]
    public void A_violation_names_type_length_limit_and_remedy()
    {
        PacketParser parser = Parser("2", 1000);

        PacketException error = Assert.Throws<PacketException>(() => ReadOne(parser, [0x10, 0x00]));

        Assert.Equal((PacketFault.FrameTooLong, PacketType.Two, 1000L, 4096L), (error.Kind, error.PacketType, error.Limit, error.Length));
        Assert.Contains("type 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("4096", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxFrame is 1000", error.Message, StringComparison.Ordinal);
        Assert.Contains("Raise MaxFrame", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_does_not_end_names_the_delimiter_that_was_missed()
    {
        PacketParser parser = Parser("line:0x3b", 3);

        PacketException error = Assert.Throws<PacketException>(() => ReadOne(parser, "abcd"u8.ToArray()));

        Assert.Equal((PacketFault.FrameTooLong, 3L, 4L), (error.Kind, error.Limit, error.Length));
        Assert.Contains("0x3b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_violation_stays_a_violation_whatever_follows()
    {
        PacketParser sized = Parser("1", 2);
        PacketParser line = Parser("line", 2);

        PacketStatus[] statuses =
        [
            sized.Read([3]).Status, sized.Read([3, 1, 2, 3]).Status,
            line.Read("abc"u8).Status, line.Read("abc\n"u8).Status, line.Read("abc"u8, "\n"u8).Status,
        ];

        Assert.All(statuses, status => Assert.Equal(PacketStatus.Violation, status));
    }

    [Fact]
    public void Only_a_violation_becomes_an_exception()
    {
        Assert.Throws<ArgumentException>(() => Parser("1").ToException(Parser("1").Read([0])));
    }

    [Fact]
    public void A_packet_that_was_not_taken_is_found_again()
    {
        PacketParser parser = Parser("line");

        PacketResult first = parser.Read("ab\ncd"u8);
        PacketResult again = parser.Read("ab\ncd"u8);

        Assert.Equal(first, again);
        Assert.Equal(3, again.Length);
    }

    [Fact]
    public void Bytes_not_yet_taken_can_be_read_as_another_type()
    {
        ReadOnlySpan<byte> input = "\u0002ab\u0000\u0003xyz\n"u8;
        Assert.True(Parser("1").TryRead(ref input, out _));

        bool taken = Parser("2").TryRead(ref input, out ReadOnlySpan<byte> packet);

        Assert.True(taken);
        Assert.Equal("xyz", Encoding.ASCII.GetString(packet));
        Assert.True(Parser("line").TryRead(ref input, out _));
    }

    [Fact]
    public void An_announced_length_allocates_nothing()
    {
        PacketParser parser = Parser("4", FrameLimit.Largest);
        byte[] header = [0x7F, 0xFF, 0xFF, 0xFB];
        _ = Parser("4", FrameLimit.Largest).Read(header);
        long before = GC.GetAllocatedBytesForCurrentThread();

        PacketResult result = parser.Read(header);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(int.MaxValue, result.Needed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(FrameLimit.Largest + 1)]
    public void Zero_is_no_limit_and_no_limit_is_none(int maxFrame)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketParser(PacketType.Four, maxFrame));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketWriter(PacketType.Four, maxFrame));
    }

    private static PacketParser Parser(string type, int maxFrame = PacketParser.DefaultMaxFrame) => new(PacketType.Parse(type), maxFrame);

    private static ReadOnlySpan<byte> Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static void ReadOne(PacketParser parser, ReadOnlySpan<byte> input) => parser.TryRead(ref input, out _);
}
