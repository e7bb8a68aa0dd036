using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class IntervalTests
{
    [Fact]
    public void Seven_values_have_an_interval_just_outside_the_second_and_the_sixth()
    {
        Interval interval = Of(7, 1, 6, 2, 5, 3, 4);

        // By hand: coverage 0.984375 and 0.875, so 0.9 lies 0.9529 of the way from the first to the second, in the measure of the formula.
        Assert.Equal(4, interval.Median);
        Assert.Equal(1.9529, interval.Low, 4);
        Assert.Equal(6.0471, interval.High, 4);
        Assert.True(interval.Sure);
    }

    [Fact]
    public void The_outermost_of_seven_hardly_moves_it()
    {
        Interval calm = Of(1, 2, 3, 4, 5, 6, 7);
        Interval wild = Of(1, 2, 3, 4, 5, 6, 16);

        Assert.Equal(calm.Low, wild.Low);
        Assert.Equal(calm.High + (9 * 0.0471), wild.High, 3);
    }

    [Fact]
    public void Four_values_are_too_few_for_one()
    {
        Interval interval = Of(1, 2, 3, 4);

        Assert.False(interval.Sure);
        Assert.Equal((1, 2.5, 4), (interval.Low, interval.Median, interval.High));
    }

    [Fact]
    public void No_value_has_none()
    {
        Assert.Null(Interval.Of([]));
    }

    [Fact]
    public void More_values_make_it_narrower()
    {
        Interval few = Of([.. Enumerable.Range(0, 7).Select(static i => i / 6.0)]);
        Interval many = Of([.. Enumerable.Range(0, 61).Select(static i => i / 60.0)]);

        Assert.True(many.High - many.Low < (few.High - few.Low) / 2);
    }

    private static Interval Of(params double[] values) => Interval.Of(values) ?? throw new InvalidOperationException();
}
