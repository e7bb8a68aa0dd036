using System.CommandLine;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class RunCommandTests
{
    [Fact]
    public void Nothing_asked_for_is_everything_in_seven_rounds()
    {
        RunOptions options = Read();

        Assert.Equal(7, options.Rounds);
        Assert.Equal(TimeSpan.FromSeconds(3), options.Duration);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Warmup);
        Assert.All(WorkloadCatalog.All, workload => Assert.True(options.Wants(workload)));
        Assert.True(options.WantsSubject("anything"));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        RunOptions options = Read(
            "--rounds", "9", "--seconds", "0.5", "--warmup", "2", "--only", "c64, d16", "--subjects", "EchoServer,kestrel", "--output", "/tmp/x",
            "--server-cpus", "0-1", "--load-cpus", "2,3");

        Assert.Equal((9, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2)), (options.Rounds, options.Duration, options.Warmup));
        Assert.Equal(["c64", "d16"], WorkloadCatalog.All.Where(options.Wants).Select(static workload => workload.Name));
        Assert.True(options.WantsSubject("EchoServer epoll"));
        Assert.True(options.WantsSubject("Kestrel"));
        Assert.False(options.WantsSubject("C epoll"));
        Assert.Equal(("/tmp/x", "0-1", "2,3"), (options.Output, options.ServerProcessors, options.LoadProcessors));
    }

    [Fact]
    public void Quick_is_one_round_of_less_than_a_second()
    {
        RunOptions options = Read("--quick");

        Assert.Equal(1, options.Rounds);
        Assert.True(options.Duration + options.Warmup < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("--only c64,d17: no such workload", "--only", "c64,d17")]
    [InlineData("--rounds: at least 1", "--rounds", "0")]
    public void What_cannot_be_run_is_refused(string fault, params string[] arguments)
    {
        ParseResult parsed = RunCommand.New().Parse(arguments);

        Assert.Equal(fault.Replace("c64,", ""), Assert.Single(parsed.Errors).Message);
    }

    private static RunOptions Read(params string[] arguments)
    {
        ParseResult parsed = RunCommand.New().Parse(arguments);
        Assert.Empty(parsed.Errors);
        return RunCommand.Read(parsed);
    }
}
