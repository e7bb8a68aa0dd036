using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class InterruptionTests
{
    [Fact]
    public void Asked_once_it_says_so_and_gives_nothing_up()
    {
        var told = new List<string>();
        using var interruption = new Interruption(told.Add);
        Assert.False(interruption.IsAsked);

        interruption.Ask();

        Assert.True(interruption.IsAsked);
        Assert.False(interruption.AtOnce.IsCancellationRequested);
        Assert.Contains("once more ends at once", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Asked_twice_it_gives_up_what_is_running()
    {
        using var interruption = new Interruption(static _ => { });

        interruption.Ask();
        interruption.Ask();
        interruption.Ask();

        Assert.True(interruption.AtOnce.IsCancellationRequested);
    }
}
