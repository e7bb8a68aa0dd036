using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class CharSequenceTests
{
    public static TheoryData<ICharSequence> Kinds =>
    [
        new StringCharSequence("xabcabcx", 1, 6),
        new StringBuilderCharSequence(new StringBuilder("xabcabcx"), 1, 6),
        new AsciiString("xabcabcx"u8.ToArray(), 1, 6, copy: false),
    ];

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void All_kinds_answer_alike(ICharSequence text)
    {
        Assert.Equal(6, text.Count);
        Assert.Equal('b', text[1]);
        Assert.ThrowsAny<Exception>(() => text[6]);
        Assert.ThrowsAny<Exception>(() => text[-1]);
        Assert.Equal("abcabc", text.ToString());
        Assert.Equal("abcabc", string.Concat(text));
        Assert.Equal("cabc", text.ToString(2));
        Assert.Equal("bca", text.SubSequence(1, 4).ToString());
        Assert.Equal("bc", text.SubSequence(1, 4).SubSequence(0, 2).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => text.SubSequence(0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.SubSequence(3, 2));
        Assert.Equal(5, text.IndexOf('c', 3));
        Assert.Equal(-1, text.IndexOf('x'));
        Assert.True(text.ContentEquals(new StringCharSequence("abcabc")));
        Assert.True(text.ContentEqualsIgnoreCase(new AsciiString("ABCabc")));
        Assert.False(text.ContentEquals(null!));
        Assert.True(text.RegionMatches(3, new StringCharSequence("abc"), 0, 3));
        Assert.True(text.RegionMatchesIgnoreCase(3, new StringCharSequence("ABC"), 1, 0));
        Assert.False(text.RegionMatches(4, new StringCharSequence("abc"), 0, 3));
        Assert.Equal(text.HashCode(ignoreCase: true), new StringCharSequence("ABCABC").HashCode(ignoreCase: true));
    }

    [Fact]
    public void A_builder_grows_and_its_part_stays_within_bounds()
    {
        var text = new StringBuilderCharSequence();

        text.Append("bc");
        text.Append('d');
        text.Insert(0, 'a');
        text.Append(new AsciiString("xefx"), 1, 2);
        text.Append("xgx", 1, 1);

        Assert.Equal("abcdefg", text.ToString());
        Assert.Equal(7, text.Count);
    }

    [Fact]
    public void A_string_sequence_finds_strings()
    {
        var text = new StringCharSequence("xabcabcx", 1, 6);

        Assert.Equal(3, text.IndexOf("abc", 1));
        Assert.Equal(-1, text.IndexOf("cx"));
    }
}
