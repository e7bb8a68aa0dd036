using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class AsciiStringTests
{
    private static readonly AsciiString Hello = new("xHello, Worldx"u8.ToArray(), 1, 12, copy: false);

    [Fact]
    public void Is_made_of_bytes_chars_strings_and_sequences()
    {
        Assert.Equal("abc", new AsciiString("abc"u8.ToArray(), copy: true).ToString());
        Assert.Equal("bc", new AsciiString("abc".ToCharArray(), 1, 2).ToString());
        Assert.Equal("bc", new AsciiString("abc", 1, 2).ToString());
        Assert.Equal("bc", new AsciiString(new StringCharSequence("abc"), 1, 2).ToString());
        Assert.Equal(Encoding.UTF8.GetBytes("é"), new AsciiString("é", Encoding.UTF8).ToByteArray());
        Assert.Equal(Encoding.Unicode.GetBytes("b"), new AsciiString("abc".ToCharArray(), Encoding.Unicode, 1, 1).ToByteArray());
    }

    [Fact]
    public void A_character_above_255_is_a_question_mark() =>
        Assert.Equal("a?ÿ", new AsciiString("a€ÿ").ToString());

    [Fact]
    public void Shares_or_copies_its_storage()
    {
        var bytes = "abc"u8.ToArray();

        Assert.Same(bytes, new AsciiString(bytes, copy: false).Array);
        Assert.NotSame(bytes, new AsciiString(bytes, copy: true).Array);
        Assert.Equal((1, 12, false), (Hello.Offset, Hello.Count, Hello.IsEntireArrayUsed));
    }

    [Fact]
    public void Notices_a_changed_array_when_told()
    {
        var bytes = "abc"u8.ToArray();
        var text = new AsciiString(bytes, copy: false);
        Assert.Equal("abc", text.ToString());
        var hash = text.GetHashCode();

        bytes[0] = (byte)'x';
        text.ArrayChanged();

        Assert.Equal("xbc", text.ToString());
        Assert.NotEqual(hash, text.GetHashCode());
    }

    [Fact]
    public void Reads_single_characters()
    {
        Assert.Equal('H', Hello[0]);
        Assert.Equal((byte)'d', Hello.ByteAt(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hello[12]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hello.ByteAt(-1));
        Assert.Equal("Hello, World", string.Concat(Hello));
    }

    [Fact]
    public void Visits_bytes_forwards_and_backwards()
    {
        Assert.Equal(2, Hello.ForEachByte(new IndexOfProcessor((byte)'l')));
        Assert.Equal(10, Hello.ForEachByteDesc(new IndexOfProcessor((byte)'l')));
        Assert.Equal(3, Hello.ForEachByte(3, 5, new IndexOfProcessor((byte)'l')));
        Assert.Equal(3, Hello.ForEachByteDesc(0, 5, new IndexOfProcessor((byte)'l')));
        Assert.Equal(-1, Hello.ForEachByte(4, 4, new IndexOfProcessor((byte)'l')));
    }

    [Fact]
    public void Cuts_parts()
    {
        Assert.Equal("World", Hello.SubSequence(7).ToString());
        Assert.Equal("ello", Hello.SubSequence(1, 5).ToString());
        Assert.Same(Hello.Array, Hello.SubSequence(1, 5, copy: false).Array);
        Assert.Same(Hello, Hello.SubSequence(0, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hello.SubSequence(5, 1));
        Assert.Equal("ell", Hello.ToString(1, 4));
        Assert.Equal("ell".ToCharArray(), Hello.ToCharArray(1, 4));
        Assert.Equal("ell"u8.ToArray(), Hello.ToByteArray(1, 4));
    }

    [Fact]
    public void Copies_out()
    {
        var bytes = new byte[4];
        var characters = new char[4];

        Hello.Copy(7, bytes, 1, 3);
        Hello.Copy(7, characters, 1, 3);

        Assert.Equal([0, (byte)'W', (byte)'o', (byte)'r'], bytes);
        Assert.Equal(['\0', 'W', 'o', 'r'], characters);
    }

    [Fact]
    public void Makes_variants()
    {
        Assert.Equal("hello, world", Hello.ToLowerCase().ToString());
        Assert.Equal("HELLO, WORLD", Hello.ToUpperCase().ToString());
        Assert.Equal("HeLLo, WorLd", Hello.Replace('l', 'L').ToString());
        Assert.Same(Hello, Hello.Replace('€', 'x'));
        Assert.Equal("Hello, World!", Hello.Concat(new StringCharSequence("!")).ToString());
        Assert.Equal("a b", new AsciiString(" \ta b\r\n").Trim().ToString());
        Assert.Equal("a b", AsciiString.Trim(new StringCharSequence(" a b ")).ToString());
    }

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData("a,,b", "a||b")]
    [InlineData(",a,,", "|a")]
    [InlineData("a", "a")]
    public void Splits(string text, string parts) =>
        Assert.Equal(parts, string.Join('|', new AsciiString(text).Split(',').Select(part => part.ToString())));

    [Fact]
    public void Finds()
    {
        Assert.Equal(2, Hello.IndexOf('l'));
        Assert.Equal(10, Hello.IndexOf('l', 4));
        Assert.Equal(-1, Hello.IndexOf('€'));
        Assert.Equal(2, Hello.IndexOf(new AsciiString("l")));
        Assert.Equal(10, Hello.IndexOf(new StringCharSequence("ld"), 4));
        Assert.Equal(-1, Hello.IndexOf(new AsciiString("l"), 40));
        Assert.Equal(8, Hello.LastIndexOf(new StringCharSequence("o")));
        Assert.Equal(4, Hello.LastIndexOf(new AsciiString("o"), 7));
        Assert.Equal(12, Hello.LastIndexOf(AsciiString.Empty));
        Assert.True(Hello.Contains(new StringCharSequence("lo, W")));
        Assert.True(Hello.StartsWith(new AsciiString("Hell")));
        Assert.True(Hello.StartsWith(new AsciiString("W"), 7));
        Assert.True(Hello.EndsWith(new StringCharSequence("World")));
        Assert.False(Hello.EndsWith(new StringCharSequence("a longer text than that")));
        Assert.Equal(7, AsciiString.IndexOfIgnoreCase(Hello, new StringCharSequence("wORLD"), 0));
        Assert.Equal(7, AsciiString.IndexOfIgnoreCaseAscii(Hello, new StringCharSequence("wORLD"), 3));
        Assert.Equal(-1, AsciiString.IndexOfIgnoreCase(Hello, null!, 0));
        Assert.True(AsciiString.ContainsIgnoreCase(Hello, new AsciiString("WORLD")));
        Assert.False(AsciiString.Contains(Hello, new AsciiString("WORLD")));
    }

    [Fact]
    public void Equals_by_content()
    {
        var same = new AsciiString("Hello, World");
        var lower = new StringCharSequence("hello, world");

        Assert.Equal(Hello, same);
        Assert.Equal(Hello.GetHashCode(), same.GetHashCode());
        Assert.False(Hello.Equals((object)new StringCharSequence("Hello, World")));
        Assert.True(Hello.ContentEquals("Hello, World"));
        Assert.True(Hello.ContentEquals(new StringCharSequence("Hello, World")));
        Assert.False(Hello.ContentEquals(lower));
        Assert.True(Hello.ContentEqualsIgnoreCase(lower));
        Assert.True(AsciiString.ContentEqualsIgnoreCase(lower, Hello));
        Assert.True(AsciiString.ContentEquals(null!, null!));
        Assert.True(Hello.RegionMatches(7, new AsciiString("a World"), 2, 5));
        Assert.False(Hello.RegionMatches(7, new AsciiString("a World"), 2, 6));
        Assert.True(Hello.RegionMatchesIgnoreCase(7, new AsciiString("a world"), 2, 5));
        Assert.True(AsciiString.RegionMatchesAscii(Hello, true, 0, lower, 0, 12));
    }

    [Fact]
    public void Kinds_of_sequence_share_one_hash()
    {
        ICharSequence[] kinds = [new AsciiString("Host"), new StringCharSequence("xHOST", 1, 4), new StringBuilderCharSequence(new StringBuilder("host"))];

        Assert.Single(kinds.Select(AsciiString.CaseInsensitiveHasher.HashCode).Distinct());
        Assert.Single(kinds.Distinct(AsciiString.CaseInsensitiveHasher));
        Assert.Equal(3, kinds.Distinct(AsciiString.CaseSensitiveHasher).Count());
    }

    [Fact]
    public void Looks_through_collections_in_any_case()
    {
        ICharSequence[] names = [new StringCharSequence("Host"), new AsciiString("Accept")];

        Assert.True(AsciiString.ContainsContentEqualsIgnoreCase(names, new AsciiString("HOST")));
        Assert.True(AsciiString.ContainsAllContentEqualsIgnoreCase(names, [new AsciiString("host"), new AsciiString("accept")]));
        Assert.False(AsciiString.ContainsAllContentEqualsIgnoreCase(names, [new AsciiString("host"), new AsciiString("cookie")]));
    }

    [Fact]
    public void Orders_by_characters_and_then_by_length()
    {
        var text = new AsciiString("ab");

        Assert.True(text.CompareTo(new AsciiString("b")) < 0);
        Assert.True(text.CompareTo((ICharSequence)new StringCharSequence("a")) > 0);
        Assert.Equal(0, text.CompareTo((object)new AsciiString("ab")));
        Assert.True(text.CompareTo((object)null!) > 0);
    }

    [Fact]
    public void Parses_numbers()
    {
        var text = new AsciiString("x-123y7fz");

        Assert.Equal(-123, text.ParseInt(1, 5));
        Assert.Equal(-123L, text.ParseLong(1, 5));
        Assert.Equal((short)0x7f, text.ParseShort(6, 8, 16));
        Assert.Equal(int.MinValue, new AsciiString("-2147483648").ParseInt());
        Assert.Equal(long.MinValue, new AsciiString("-9223372036854775808").ParseLong());
        Assert.Equal(long.MaxValue, new AsciiString("7fffffffffffffff").ParseLong(16));
        Assert.Equal(1.5, new AsciiString("1.5").ParseDouble());
        Assert.Equal(-2.25f, new AsciiString("-2.25").ParseFloat());
        Assert.Equal('\u0141', new AsciiString(new byte[] { 1, 0x41 }, copy: true).ParseChar());
        Assert.True(new AsciiString("1").ParseBoolean());
        Assert.False(AsciiString.Empty.ParseBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("12a")]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("99999999999999999999")]
    public void Refuses_what_is_not_a_number_of_its_size(string text) =>
        Assert.Throws<FormatException>(() => new AsciiString(text).ParseInt());

    [Fact]
    public void A_cached_string_is_not_made_again()
    {
        var text = new string('a', 3);

        Assert.Same(text, AsciiString.Cached(text).ToString());
    }

    [Fact]
    public void Converts_explicitly()
    {
        Assert.Equal("abc", (string)(AsciiString)"abc");
        Assert.Same(AsciiString.Empty, (AsciiString)(string)null!);
        Assert.Same(Hello, AsciiString.Of((ICharSequence)Hello));
    }
}
