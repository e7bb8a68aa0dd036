using System.Globalization;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class AllocationTests
{
    private const int Heading = 2;

    // Of all buffers one in 128 is followed, for some 350 bytes. A task a message would be 72.
    private const double Most = 30;

    [Fact]
    public async Task A_message_that_is_written_without_a_promise_allocates_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("benchmarks").FullName;
        try
        {
            await using ChildProgram run = await ChildProgram.RunAsync(
                "dotnet", Path.Combine(AppContext.BaseDirectory, "EsockdNetty.Benchmarks.dll"),
                "run", "--quick", "--only", "c64,p2d16", "--subjects", "serve esockd-epoll", "--output", folder);

            Assert.True(await run.ExitAsync() == 0, run.ToString());
            string[][] table = [.. File.ReadLines(Path.Combine(folder, "results.md")).Where(static line => line.StartsWith('|')).Select(static line => line.Split('|'))];
            int column = Array.FindIndex(table[0], static title => title.Trim() == "B/unit");
            Assert.Equal(Heading + 2, table.Length);
            Assert.All(table.Skip(Heading), row => Assert.InRange(double.Parse(row[column], CultureInfo.InvariantCulture), 0, Most));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
