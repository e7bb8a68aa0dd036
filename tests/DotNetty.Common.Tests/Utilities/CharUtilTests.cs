using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class CharUtilTests
{
    [Theory]
    [InlineData('7', 10, 7)]
    [InlineData('f', 16, 15)]
    [InlineData('F', 16, 15)]
    [InlineData('g', 16, -1)]
    [InlineData('2', 2, -1)]
    [InlineData('-', 10, -1)]
    [InlineData('1', 37, -1)]
    public void Reads_digits(char digit, int radix, int expected) => Assert.Equal(expected, CharUtil.Digit(digit, radix));

    [Fact]
    public void Parses_numbers()
    {
        Assert.Equal(-42, CharUtil.ParseInt(new StringCharSequence("-42")));
        Assert.Equal(-255, CharUtil.ParseInt(new StringCharSequence("xff"), 1, 3, 16, negative: true));
        Assert.Equal(1L << 40, CharUtil.ParseLong(new AsciiString("1099511627776")));
        Assert.Throws<FormatException>(() => CharUtil.ParseInt(new StringCharSequence("4-2")));
    }

    [Theory]
    [InlineData("a b,c", "a|b|c")]
    [InlineData(",a", "|a")]
    [InlineData("a", "a")]
    public void Splits_at_any_delimiter(string text, string parts) =>
        Assert.Equal(parts, string.Join('|', CharUtil.Split(new StringCharSequence(text), ' ', ',').Select(part => part.ToString())));

    [Fact]
    public void Joins_surrogates()
    {
        const string Text = "a😀";

        Assert.Equal(char.ConvertToUtf32(Text, 1), CharUtil.CodePointAt([.. Text], 1));
        Assert.Equal('a', CharUtil.CodePointAt([.. Text], 0));
        Assert.Equal(Text[2], CharUtil.CodePointAt([.. Text], 2));
    }

    [Fact]
    public void Trims_and_cuts()
    {
        Assert.Equal("a b", CharUtil.Trim(new StringCharSequence("\t a b ")).ToString());
        Assert.Equal("", CharUtil.Trim(new StringCharSequence("  ")).ToString());
        Assert.Equal("b,c", new StringCharSequence("a,b,c").SubstringAfter(',').ToString());
        Assert.Null(new StringCharSequence("a").SubstringAfter(','));
        Assert.True(CharUtil.IsNullOrEmpty(null!));
        Assert.Equal(2, CharUtil.BinarySearchRange("adg", 'z'));
        Assert.Equal(1, CharUtil.BinarySearchRange("adg", 'f'));
        Assert.Equal(-1, CharUtil.BinarySearchRange("adg", 'A'));
    }
}
