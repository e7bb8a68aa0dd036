using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class ProcessorPlanTests
{
    private static readonly RunOptions Options = new();

    [Fact]
    public void The_generator_gets_the_processors_that_the_server_has_not()
    {
        ProcessorPlan plan = ProcessorPlan.Make(Options, [2, 3, 5], tasksetFound: true);

        Assert.Equal(("2", "3,5", "2,3"), (plan.Server, plan.Load, plan.TwoForServer));
        Assert.False(plan.RatesOfTwoLoops);
    }

    [Fact]
    public void Four_processors_are_enough_to_compare_rates_of_two_loops()
    {
        Assert.True(ProcessorPlan.Make(Options, [0, 1, 2, 3], tasksetFound: true).RatesOfTwoLoops);
    }

    [Fact]
    public void What_is_asked_for_is_done()
    {
        ProcessorPlan plan = ProcessorPlan.Make(Options with { ServerProcessors = "1", LoadProcessors = "0" }, [0, 1], tasksetFound: true);

        Assert.Equal(("1", "0"), (plan.Server, plan.Load));
    }

    [Theory]
    [InlineData(1, true, "only processor")]
    [InlineData(8, false, "no taskset")]
    public void Where_nobody_can_be_held_to_a_processor_it_says_so(int processors, bool taskset, string words)
    {
        ProcessorPlan plan = ProcessorPlan.Make(Options, [.. Enumerable.Range(0, processors)], taskset);

        Assert.Null(plan.Server);
        Assert.Null(plan.Load);
        Assert.Contains(words, plan.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_is_held_by_taskset()
    {
        (string file, IReadOnlyList<string> arguments) = ProcessorPlan.Pin("0,1", "dotnet", ["x.dll"]);

        Assert.Equal("taskset", file);
        Assert.Equal(["-c", "0,1", "dotnet", "x.dll"], arguments);
        Assert.Equal("dotnet", ProcessorPlan.Pin(null, "dotnet", ["x.dll"]).File);
    }

    [Fact]
    public void The_kernels_lists_are_read()
    {
        Assert.Equal([0, 1, 2, 3, 8], ProcessorPlan.ParseList("\t0-3,8"));
    }
}
