namespace EsockdNetty.Codecs.Tests.Packets;

public class PacketTypeTests
{
    private static readonly PacketType[] All =
    [
        PacketType.Raw, PacketType.One, PacketType.Two, PacketType.Four, PacketType.TwoLittleEndian, PacketType.FourLittleEndian,
        PacketType.Line, PacketType.LineEndingWith(0), PacketType.LineEndingWith((byte)';'), PacketType.LineEndingWith(255),
    ];

    [Theory]
    [InlineData("raw", PacketMode.Raw, 0, int.MaxValue)]
    [InlineData("0", PacketMode.Raw, 0, int.MaxValue)]
    [InlineData("1", PacketMode.One, 1, 255)]
    [InlineData("2", PacketMode.Two, 2, 65535)]
    [InlineData("4", PacketMode.Four, 4, 0x7FFFFFFB)]
    [InlineData("2le", PacketMode.Two, 2, 65535)]
    [InlineData("4LE", PacketMode.Four, 4, 0x7FFFFFFB)]
    [InlineData("Line", PacketMode.Line, 0, int.MaxValue)]
    public void Reads_its_names(string text, PacketMode mode, int headerLength, int maxBody)
    {
        PacketType type = PacketType.Parse(text);

        Assert.Equal(mode, type.Mode);
        Assert.Equal(headerLength, type.HeaderLength);
        Assert.Equal(maxBody, type.MaxBody);
        Assert.Equal(text.EndsWith("le", StringComparison.OrdinalIgnoreCase), type.IsLittleEndian);
    }

    [Theory]
    [InlineData("line", (byte)'\n')]
    [InlineData("line:0x0a", (byte)'\n')]
    [InlineData("line:0x3B", (byte)';')]
    [InlineData("LINE:0X00", (byte)0)]
    public void Reads_the_delimiter_of_a_line(string text, byte delimiter)
    {
        PacketType type = PacketType.Parse(text);

        Assert.Equal(PacketType.LineEndingWith(delimiter), type);
        Assert.Equal(delimiter, type.Delimiter);
    }

    [Fact]
    public void What_it_prints_it_reads()
    {
        Assert.Equal(All, All.Select(type => PacketType.Parse(type.ToString())));
        Assert.Equal(All, All.Select(type => Generic<PacketType>(type.ToString())));
    }

    [Fact]
    public void Types_that_differ_in_one_thing_are_different()
    {
        string[] printed = [.. All.Select(type => type.ToString())];

        Assert.Equal(["raw", "1", "2", "4", "2le", "4le", "line", "line:0x00", "line:0x3b", "line:0xff"], printed);
        Assert.NotEqual(PacketType.Two, PacketType.TwoLittleEndian);
        Assert.NotEqual(PacketType.Line, PacketType.LineEndingWith((byte)';'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("8")]
    [InlineData("1le")]
    [InlineData("-1")]
    [InlineData(" 2")]
    [InlineData("line:")]
    [InlineData("line:;")]
    [InlineData("line:0xa")]
    [InlineData("line:0x+a")]
    [InlineData("line:0x0a0")]
    [InlineData("line:0xgg")]
    public void An_unknown_name_is_refused_with_the_names_that_are_known(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => PacketType.Parse(text));

        Assert.False(PacketType.TryParse(text, out PacketType? none));
        Assert.Null(none);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("raw (or 0), 1, 2, 4, 2le, 4le, line or line:0xNN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_is_no_type()
    {
        Assert.Throws<ArgumentNullException>(() => PacketType.Parse(null!));
        Assert.False(PacketType.TryParse(null, out _));
    }

    private static T Generic<T>(string text)
        where T : IParsable<T> => T.TryParse(text, null, out T? type) ? T.Parse(text, null) : type!;
}
