using System.Diagnostics;

namespace DotNetty.Common.Tests;

public sealed class PreciseTimeSpanTests
{
    [Fact]
    public void Never_goes_back()
    {
        var first = PreciseTimeSpan.FromStart;
        var second = PreciseTimeSpan.FromStart;

        Assert.True(second >= first);
        Assert.True(first >= PreciseTimeSpan.Zero);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-12345678)]
    [InlineData(864_000_000_000)]
    public void Converts_to_time_span_and_back(long ticks)
    {
        var span = TimeSpan.FromTicks(ticks);

        Assert.Equal(span, PreciseTimeSpan.FromTimeSpan(span).ToTimeSpan());
    }

    [Fact]
    public void Counts_stopwatch_ticks() =>
        Assert.Equal(Stopwatch.Frequency, PreciseTimeSpan.FromTimeSpan(TimeSpan.FromSeconds(1)).Ticks);

    [Fact]
    public void Adds_and_subtracts()
    {
        var second = PreciseTimeSpan.FromTimeSpan(TimeSpan.FromSeconds(1));

        Assert.Equal(PreciseTimeSpan.FromTimeSpan(TimeSpan.FromSeconds(3)), second + TimeSpan.FromSeconds(2));
        Assert.Equal(PreciseTimeSpan.Zero, second - TimeSpan.FromSeconds(1));
        Assert.Equal(PreciseTimeSpan.Zero, second - second);
    }

    [Fact]
    public void A_deadline_too_far_away_is_the_end_of_time_and_not_the_past()
    {
        var deadline = PreciseTimeSpan.Deadline(TimeSpan.MaxValue);

        Assert.True(deadline > PreciseTimeSpan.FromStart);
        Assert.Equal(long.MaxValue, (deadline + TimeSpan.MaxValue).Ticks);
        Assert.Equal(long.MinValue, (PreciseTimeSpan.FromTicks(long.MinValue) - TimeSpan.FromTicks(1)).Ticks);
    }

    [Fact]
    public void Compares_by_length()
    {
        var one = PreciseTimeSpan.FromTicks(1);
        var two = PreciseTimeSpan.FromTicks(2);

        Assert.True(one < two && two > one && one <= two && two >= one && one != two);
        Assert.True(one.CompareTo(two) < 0);
        Assert.True(one.Equals((object)PreciseTimeSpan.FromTicks(1)) && one == PreciseTimeSpan.FromTicks(1));
    }
}
