using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class StringUtilTests
{
    [Fact]
    public void Writes_and_reads_hexadecimal()
    {
        byte[] bytes = [0, 0x0a, 0xff];

        Assert.Equal("000aff", StringUtil.ToHexStringPadded(bytes));
        Assert.Equal("aff", StringUtil.ToHexString(bytes));
        Assert.Equal("0", StringUtil.ToHexString([0, 0]));
        Assert.Equal("0aff", StringUtil.ToHexStringPadded(bytes, 1, 2));
        Assert.Equal("a", StringUtil.ByteToHexString(10));
        Assert.Equal("0a", StringUtil.ByteToHexStringPadded(10));
        Assert.Equal(bytes, StringUtil.DecodeHexDump("000AfF"));
        Assert.Equal(-1, StringUtil.DecodeHexNibble('g'));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0g")]
    public void Refuses_what_is_not_hexadecimal(string dump) => Assert.Throws<ArgumentException>(() => StringUtil.DecodeHexDump(dump));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("\"", "\"\"\"\"")]
    public void Escapes_a_field_and_reads_it_back(string value, string field)
    {
        Assert.Equal(field, StringUtil.EscapeCsv(new StringCharSequence(value)).ToString());
        Assert.Equal(value, StringUtil.UnescapeCsv(new StringCharSequence(field)).ToString());
    }

    [Fact]
    public void Keeps_the_quotes_of_a_field_that_has_them()
    {
        Assert.Equal("\"a,b\"", StringUtil.EscapeCsv(new StringCharSequence("\"a,b\"")).ToString());
        Assert.Equal("a", StringUtil.EscapeCsv(new StringCharSequence(" a\t"), trimWhiteSpace: true).ToString());
    }

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(",", "|")]
    [InlineData("\"a,\"\"b\",c", "a,\"b|c")]
    public void Reads_the_fields_of_a_line(string line, string fields) =>
        Assert.Equal(fields, string.Join('|', StringUtil.UnescapeCsvFields(new StringCharSequence(line)).Select(field => field.ToString())));

    [Theory]
    [InlineData("a\"b")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a\r")]
    public void Refuses_a_stray_quote_or_line_break(string line) =>
        Assert.Throws<ArgumentException>(() => StringUtil.UnescapeCsvFields(new StringCharSequence(line)));

    [Fact]
    public void Names_types_without_their_namespace()
    {
        Assert.Equal("StringUtilTests", StringUtil.SimpleClassName(this));
        Assert.Equal("StringUtilTests", StringUtil.SimpleClassName<StringUtilTests>());
        Assert.Equal("null_object", StringUtil.SimpleClassName((object)null!));
    }

    [Fact]
    public void Compares_ends()
    {
        Assert.True(StringUtil.CommonSuffixOfLength("abcd", "xcd", 2));
        Assert.False(StringUtil.CommonSuffixOfLength("abcd", "xcd", 3));
        Assert.False(StringUtil.CommonSuffixOfLength("a", "a", 2));
        Assert.Equal("b", StringUtil.SubstringAfter("a=b", '='));
        Assert.Null(StringUtil.SubstringAfter("ab", '='));
    }
}
