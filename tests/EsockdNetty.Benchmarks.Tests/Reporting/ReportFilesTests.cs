using System.Xml.Linq;
using EsockdNetty.Benchmarks.Reporting;

namespace EsockdNetty.Benchmarks.Tests.Reporting;

public sealed class ReportFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reports").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_two_files_are_written_whole_each_time_and_nothing_else_is_left()
    {
        var files = new ReportFiles(Path.Combine(_folder, "new"));
        files.Write(Example.Results);

        files.Write(Example.Results with { Rows = [Example.Results.Rows[0]] });

        string text = File.ReadAllText(files.Markdown);
        Assert.Contains("| c64 | C epoll |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("EchoServer", text, StringComparison.Ordinal);
        Assert.NotNull(XDocument.Load(files.Chart).Root);
        Assert.Equal([files.Markdown, files.Chart], Directory.GetFiles(Path.Combine(_folder, "new")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_there_is_there_until_the_new_one_is_whole()
    {
        var files = new ReportFiles(_folder);
        files.Write(Example.Results);
        using FileStream reader = File.OpenRead(files.Markdown);
        long before = reader.Length;

        files.Write(Example.Results with { Rows = [], Notes = [] });

        // Another file stands in its place: the one that is being read is neither emptied nor rewritten.
        Assert.Equal(before, reader.Length);
        Assert.NotEqual(before, new FileInfo(files.Markdown).Length);
    }
}
