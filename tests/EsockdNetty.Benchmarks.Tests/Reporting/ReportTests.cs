using System.Xml.Linq;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Reporting;
using EsockdNetty.Benchmarks.Running;
using EsockdNetty.Benchmarks.Subjects;
using Spectre.Console;

namespace EsockdNetty.Benchmarks.Tests.Reporting;

public class ReportTests
{
    [Fact]
    public void Markdown_has_a_line_for_each_row_with_as_many_cells_as_the_head()
    {
        string[] lines = [.. MarkdownReport.Write(Example.Results).Split('\n').Where(static line => line.StartsWith('|'))];

        Assert.Equal(2 + Example.Results.Rows.Count, lines.Length);
        Assert.All(lines, line => Assert.Equal(EsockdNetty.Benchmarks.Reporting.Columns.All.Count + 1, line.Replace("\\|", "").Count(static c => c == '|')));
    }

    [Fact]
    public void Markdown_tells_ratio_interval_budget_and_verdict()
    {
        string row = MarkdownReport.Write(Example.Results).Split('\n').Single(static line => line.Contains("EchoServer epoll", StringComparison.Ordinal) && line.StartsWith('|'));

        Assert.Contains("| 1.250 µs | 1.25 | 1.20–1.30 | 1.10 | missed | 7 | 123,456 |", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("idle-100k")]
    public void Idle_connections_have_KB_each_of_so_many_and_managed_bytes(string name)
    {
        MemoryStep[] steps = [new(0, 0), new(20_000, 50_000_000), new(100_000, 200_000_000)];
        Workload workload = WorkloadCatalog.All.Single(known => known.Name == name);
        var contender = new Contender(new Subject(Budget.Subject, "true", []), Budget.Subject, Loops: 1);
        var samples = new SampleTable();
        samples.Add(contender, round: 0, new Sample(MemorySlope.Of(steps) / 1024, new LoadResult { Open = 99_000 }) { ManagedPerConnection = 1_750 });

        Row row = Assert.Single(Row.Of(workload, [contender], samples));

        Assert.Equal("1.83 KB, 99,000 open", Cell(row, "figure"));
        Assert.Equal(("2.00", "1,750 held"), (Cell(row, "budget"), Cell(row, "B/unit")));
    }

    [Fact]
    public void Markdown_tells_the_machine_and_what_was_left_out()
    {
        string text = MarkdownReport.Write(Example.Results);

        Assert.Contains(Example.Results.Facts.ToString(), text, StringComparison.Ordinal);
        Assert.Contains("- left out: no gcc \\| really\n- two lines\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_tells_which_workloads_are_still_missing()
    {
        string text = MarkdownReport.Write(Example.Results with { Missing = ["connect", "paced"] });

        Assert.Contains("Unfinished: without connect, paced.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unfinished", MarkdownReport.Write(Example.Results), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_is_valid_and_has_a_bar_for_each_row()
    {
        XElement root = XDocument.Parse(SvgChart.Write(Example.Results)).Root!;

        Assert.Equal("svg", root.Name.LocalName);
        Assert.Equal(Example.Results.Rows.Count, root.Descendants().Count(static element => element.Name.LocalName == "rect"));
        Assert.Contains(root.Descendants(), static element => element.Value == "Kestrel | <x>");
        Assert.Single(root.Descendants(), static element => (string?)element.Attribute("class") == "budget");
    }

    [Fact]
    public void The_chart_can_be_read_in_the_dark()
    {
        Assert.Contains("prefers-color-scheme:dark", SvgChart.Write(Example.Results), StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_bar_is_a_larger_ratio()
    {
        double[] widths = [.. XDocument.Parse(SvgChart.Write(Example.Results)).Descendants()
            .Where(static element => element.Name.LocalName == "rect").Select(static element => (double)element.Attribute("width")!)];

        Assert.Equal(1.25, widths[1] / widths[0], 2);
    }

    [Fact]
    public void An_empty_run_still_has_its_reports()
    {
        Results empty = Example.Results with { Rows = [] };

        Assert.NotNull(XDocument.Parse(SvgChart.Write(empty)).Root);
        Assert.Contains("left out", MarkdownReport.Write(empty), StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_shows_every_row()
    {
        var text = new StringWriter();
        ConsoleReport.Write(Example.Results, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No }));

        Assert.Contains("EchoServer epoll", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Kestrel | <x>", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("missed", text.ToString(), StringComparison.Ordinal);
    }

    private static string Cell(Row row, string title) =>
        EsockdNetty.Benchmarks.Reporting.Columns.All.Single(column => column.Title == title).Text(row);
}
