using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class OverloadOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_documentation_and_have_no_fault()
    {
        var options = new OverloadOptions();

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)), (options.LoopLag, options.LoopLagFor));
        Assert.Equal((0.85, 0.75), (options.MemoryHigh, options.MemoryLow));
        Assert.Null(options.Reason);
        Assert.Empty(FaultsOf(options));
    }

    [Fact]
    public void Every_fault_is_told_by_its_path()
    {
        var options = new OverloadOptions { LoopLag = TimeSpan.Zero, LoopLagFor = TimeSpan.FromSeconds(-1), MemoryHigh = 85 };

        Assert.Equal(["Server:Overload:LoopLag", "Server:Overload:LoopLagFor", "Server:Overload:MemoryHigh"], FaultsOf(options));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.86)]
    [InlineData(double.NaN)]
    public void The_lower_share_lies_below_the_higher_one(double low) =>
        Assert.Equal(["Server:Overload:MemoryLow"], FaultsOf(new OverloadOptions { MemoryLow = low }));

    [Fact]
    public void Null_is_allowed_where_it_switches_off()
    {
        var options = new OverloadOptions { LoopLag = null, MemoryHigh = null, MemoryLow = 7 };

        Assert.Empty(FaultsOf(options));
    }

    private static IEnumerable<string> FaultsOf(OverloadOptions options)
    {
        var faults = new OptionFaults("Server");
        options.Validate(faults);
        return faults.All.Select(static fault => fault.Option);
    }
}
