using System.Xml.Linq;
using EsockdNetty.EndToEndTests.Peers;

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

    [Fact]
    public async Task An_unknown_workload_is_refused_in_words()
    {
        await using ChildProgram run = await RunAsync("run", "--only", "c65");

        Assert.NotEqual(0, await run.ExitAsync());
        Assert.Contains("--only c65: no such workload", run.Error, StringComparison.Ordinal);
    }

    private static Task<ChildProgram> RunAsync(params string[] arguments) =>
        ChildProgram.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "EsockdNetty.Benchmarks.dll"), .. arguments]);
}
