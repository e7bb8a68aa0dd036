using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Running;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class SampleTableTests
{
    [Fact]
    public void Ratios_are_of_the_rounds_that_both_have()
    {
        var samples = new SampleTable();
        Contender ours = New("ours");
        Contender theirs = New("theirs");
        Add(samples, ours, (0, 3), (1, 8), (2, 5));
        Add(samples, theirs, (0, 2), (2, 10), (3, 1));

        Assert.Equal([1.5, 0.5], samples.Ratios("ours", "theirs"));
        Assert.Equal(3, samples.Of("ours").Count);
    }

    private static Contender New(string name) => new(new Subject(name, "true", []), name, Loops: 1);

    private static void Add(SampleTable samples, Contender contender, params (int Round, double Value)[] values)
    {
        foreach ((int round, double value) in values)
            samples.Add(contender, round, new Sample(value, new LoadResult()));
    }
}
