using System.Xml.Linq;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class QuickRunTests
{
    [Fact]
    public async Task A_quick_run_of_EchoServer_ends_well_and_writes_both_reports()
    {
        string folder = Directory.CreateTempSubdirectory("benchmarks").FullName;
        try
        {
            await using ChildProgram run = await RunAsync("run", "--quick", "--only", "c64", "--subjects", "EchoServer", "--output", folder);

            Assert.True(await run.ExitAsync() == 0, run.ToString());
            Assert.Contains("| c64 | EchoServer epoll |", await File.ReadAllTextAsync(Path.Combine(folder, "results.md")), StringComparison.Ordinal);
            Assert.Equal(2, XDocument.Load(Path.Combine(folder, "results.svg")).Descendants().Count(static element => element.Name.LocalName == "rect"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_run_that_is_interrupted_keeps_what_it_has_measured(string signal)
    {
        string folder = Directory.CreateTempSubdirectory("benchmarks").FullName;
        try
        {
            await using var run = new ChildProgram("dotnet", [Program, "run", "--rounds", "1000", "--seconds", "0.1", "--warmup", "0.1", "--only", "c1,c64", "--subjects", "Socket", "--output", folder]);
            await run.ErrorAsync(static text => text.Contains("c1: round 2 of 1000", StringComparison.Ordinal));

            await Signals.SendAsync(signal, run.Id);

            Assert.True(await run.ExitAsync() == 130, run.ToString());
            string text = await File.ReadAllTextAsync(Path.Combine(folder, "results.md"));
            Assert.Contains("| c1 | Socket loop |", text, StringComparison.Ordinal);
            Assert.Contains("- c1: interrupted", text, StringComparison.Ordinal);
            Assert.Contains("Unfinished: without c64.", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_unknown_workload_is_refused_in_words()
    {
        await using ChildProgram run = await RunAsync("run", "--only", "c65");

        Assert.NotEqual(0, await run.ExitAsync());
        Assert.Contains("--only c65: no such workload", run.Error, StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "EsockdNetty.Benchmarks.dll");

    private static Task<ChildProgram> RunAsync(params string[] arguments) =>
        ChildProgram.RunAsync("dotnet", [Program, .. arguments]);
}
