using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs.Tests;

public sealed class DateFormatterTests
{
    private static readonly DateTime Time = new(1994, 11, 6, 8, 49, 37, DateTimeKind.Utc);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    [InlineData("Sun, 06-Nov-1994 8:49:37 GMT")]
    [InlineData("6 nov 1994 08:49:37")]
    [InlineData("08:49:37 06 NOVEMBER 94")]
    public void Reads_every_form_of_a_date(string text)
    {
        Assert.Equal(Time, DateFormatter.ParseHttpDate(text));
        Assert.Equal(Time, DateFormatter.ParseHttpDate(new AsciiString(text)));
        Assert.Equal(DateTimeKind.Utc, DateFormatter.ParseHttpDate(text)!.Value.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,, ---")]
    [InlineData("Sun, 06 Nov 1994")]
    [InlineData("Sun, 06 Nov 08:49:37 GMT")]
    [InlineData("Sun, Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 24:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:60:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:60 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49 GMT")]
    [InlineData("Sun, 06 Nov 1994 08::37 GMT")]
    [InlineData("Sun, 06 Nov 1994 :49:37 GMT")]
    [InlineData("Sun, 00 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 31 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 29 Feb 1900 08:49:37 GMT")]
    [InlineData("Sun, 06 Nox 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1600 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 19945 08:49:37 GMT")]
    [InlineData("Sun, 006 Nov 1994 08:49:37 GMT")]
    public void What_is_no_date_is_none(string text)
    {
        Assert.Null(DateFormatter.ParseHttpDate(text));
    }

    [Theory]
    [InlineData("69", 2069)]
    [InlineData("70", 1970)]
    [InlineData("99", 1999)]
    [InlineData("00", 2000)]
    public void Years_of_two_digits_are_of_the_century_around_2000(string year, int expected)
    {
        Assert.Equal(expected, DateFormatter.ParseHttpDate($"Sun, 06 Nov {year} 08:49:37 GMT")?.Year);
    }

    [Fact]
    public void Reads_a_part_of_a_text_and_nothing_of_the_text_before()
    {
        Assert.Null(DateFormatter.ParseHttpDate("06 Nov 1994"));
        Assert.Null(DateFormatter.ParseHttpDate("08:49:37"));
        Assert.Equal(Time, DateFormatter.ParseHttpDate("x=Sun, 06 Nov 1994 08:49:37 GMT; 1", 2, 31));
        Assert.Equal(Time, DateFormatter.ParseHttpDate(new AsciiString("x=Sun, 06 Nov 1994 08:49:37 GMT; 1"), 2, 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => DateFormatter.ParseHttpDate("x", 0, 2));
    }

    [Fact]
    public void Writes_the_form_of_today()
    {
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", DateFormatter.Format(Time));
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", DateFormatter.Format(Time.ToLocalTime()));
        Assert.Equal("at Sun, 06 Nov 1994 08:49:37 GMT", DateFormatter.Append(Time, new StringBuilder("at ")).ToString());
    }

    [Fact]
    public void Every_month_is_read_as_it_is_written()
    {
        for (int month = 1; month <= 12; month++)
        {
            DateTime time = new(2024, month, 29, 23, 59, 59, DateTimeKind.Utc);

            Assert.Equal(time, DateFormatter.ParseHttpDate(DateFormatter.Format(time)));
        }
    }
}
