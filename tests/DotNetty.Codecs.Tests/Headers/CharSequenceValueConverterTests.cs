using DotNetty.Common.Utilities;

namespace DotNetty.Codecs.Tests.Headers;

public sealed class CharSequenceValueConverterTests
{
    private static readonly CharSequenceValueConverter Converter = CharSequenceValueConverter.Default;

    [Fact]
    public void Every_value_is_read_as_it_was_written()
    {
        Assert.True(Converter.ConvertToBoolean(Converter.ConvertBoolean(true)));
        Assert.False(Converter.ConvertToBoolean(Converter.ConvertBoolean(false)));
        Assert.Equal(255, Converter.ConvertToByte(Converter.ConvertByte(255)));
        Assert.Equal(5, Converter.ConvertToByte(Converter.ConvertByte(5)));
        Assert.Equal('ü', Converter.ConvertToChar(Converter.ConvertChar('ü')));
        Assert.Equal(short.MinValue, Converter.ConvertToShort(Converter.ConvertShort(short.MinValue)));
        Assert.Equal(int.MinValue, Converter.ConvertToInt(Converter.ConvertInt(int.MinValue)));
        Assert.Equal(long.MinValue, Converter.ConvertToLong(Converter.ConvertLong(long.MinValue)));
        Assert.Equal(float.Epsilon, Converter.ConvertToFloat(Converter.ConvertFloat(float.Epsilon)));
        Assert.Equal(double.MaxValue, Converter.ConvertToDouble(Converter.ConvertDouble(double.MaxValue)));
        Assert.Equal(784111777000, Converter.ConvertToTimeMillis(Converter.ConvertTimeMillis(784111777000)));
    }

    [Fact]
    public void Text_means_the_same_in_every_kind_of_sequence()
    {
        foreach (Func<string, ICharSequence> kind in new Func<string, ICharSequence>[] { static text => new AsciiString(text), static text => new StringCharSequence(text) })
        {
            Assert.False(Converter.ConvertToBoolean(kind("false")));
            Assert.True(Converter.ConvertToBoolean(kind("TRUE")));
            Assert.Equal(7, Converter.ConvertToByte(kind("7")));
            Assert.Equal('x', Converter.ConvertToChar(kind("xy")));
            Assert.Equal(-1.5, Converter.ConvertToDouble(kind("-1.5")));
        }
    }

    [Fact]
    public void A_date_is_written_as_http_has_it()
    {
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", Converter.ConvertTimeMillis(784111777000).ToString());
    }

    [Fact]
    public void Objects_are_written_as_they_write_themselves()
    {
        var text = new AsciiString("text");

        Assert.Same(text, Converter.ConvertObject(text));
        Assert.Equal("1.5", Converter.ConvertObject(1.5).ToString());
        Assert.Equal("true", Converter.ConvertObject(true).ToString());
        Assert.Equal("plain", Converter.ConvertObject("plain").ToString());
        Assert.Throws<ArgumentNullException>(() => Converter.ConvertObject(null!));
    }

    [Fact]
    public void What_is_none_of_the_type_is_a_format_error()
    {
        Refuses(static value => Converter.ConvertToBoolean(value), "", "yes", "1", null);
        Refuses(static value => Converter.ConvertToByte(value), "", "256", "-1", "x", null);
        Refuses(static value => Converter.ConvertToChar(value), "", null);
        Refuses(static value => Converter.ConvertToShort(value), "32768", "1.0", null);
        Refuses(static value => Converter.ConvertToInt(value), "2147483648", " 1", null);
        Refuses(static value => Converter.ConvertToLong(value), "9223372036854775808", null);
        Refuses(static value => Converter.ConvertToFloat(value), "x", null);
        Refuses(static value => Converter.ConvertToDouble(value), "1,5,x", null);
        Refuses(static value => Converter.ConvertToTimeMillis(value), "yesterday", null);
    }

    private static void Refuses(Func<ICharSequence?, object> convert, params string?[] texts)
    {
        foreach (string? text in texts)
        {
            Assert.Throws<FormatException>(() => convert(text is null ? null : new AsciiString(text)));
        }
    }
}
