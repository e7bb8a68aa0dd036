using EsockdNetty.Benchmarks.Load;

namespace EsockdNetty.Benchmarks.Tests.Load;

public class HistogramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000_003)]
    [InlineData(3_600_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_value_is_kept_to_within_eight_tenths_of_a_percent(long value)
    {
        var histogram = new Histogram();
        histogram.Add(value);
        histogram.Add(long.MaxValue);

        Assert.InRange(histogram.Percentile(0.5), value * 0.992, value * 1.008);
    }

    [Fact]
    public void A_percentile_is_the_value_that_this_share_does_not_exceed()
    {
        var histogram = new Histogram();
        for (int i = 1; i <= 100; i++)
            histogram.Add(i);

        Assert.Equal(50, histogram.Percentile(0.5));
        Assert.Equal(99, histogram.Percentile(0.99));
        Assert.Equal(100, histogram.Percentile(0.999));
        Assert.Equal(100, histogram.Percentile(1));
        Assert.Equal(1, histogram.Percentile(0));
    }

    [Fact]
    public void No_percentile_is_above_the_largest_value()
    {
        var histogram = new Histogram();
        histogram.Add(1_000_001);

        Assert.Equal(1_000_001, histogram.Max);
        Assert.InRange(histogram.Percentile(1), 1, 1_000_001);
    }

    [Fact]
    public void An_empty_one_has_percentiles_of_zero()
    {
        var histogram = new Histogram();
        histogram.Add(5);

        histogram.Clear();

        Assert.Equal(0, histogram.Count);
        Assert.Equal(0, histogram.Percentile(0.99));
    }

    [Fact]
    public void Two_are_added()
    {
        var first = new Histogram();
        var second = new Histogram();
        first.Add(10);
        second.Add(20);

        first.Add(second);

        Assert.Equal(2, first.Count);
        Assert.Equal(20, first.Max);
        Assert.Equal(10, first.Percentile(0.5));
    }

    [Fact]
    public void A_stall_is_charged_to_all_that_should_have_been_sent_meanwhile()
    {
        var histogram = new Histogram();
        histogram.Add(10, 99);
        histogram.Add(100);

        Histogram corrected = histogram.CorrectedFor(10);

        Assert.Equal(100 + 9, corrected.Count);
        Assert.Equal(10, histogram.Percentile(0.99));
        Assert.Equal(90, corrected.Percentile(0.99));
        Assert.Equal(10, corrected.Percentile(0.5));
    }

    [Fact]
    public void Values_within_the_interval_are_left_as_they_are()
    {
        var histogram = new Histogram();
        histogram.Add(9);
        histogram.Add(19);

        Assert.Equal(2, histogram.CorrectedFor(10).Count);
        Assert.Equal(2, histogram.CorrectedFor(0).Count);
    }
}
