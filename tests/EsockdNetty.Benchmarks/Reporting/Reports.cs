using Spectre.Console;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>Tells the results everywhere.</summary>
internal static class Reports
{
    public static void Write(Results results, string folder)
    {
        Directory.CreateDirectory(folder);
        string markdown = Path.Combine(folder, "results.md");
        string chart = Path.Combine(folder, "results.svg");
        File.WriteAllText(markdown, MarkdownReport.Write(results));
        File.WriteAllText(chart, SvgChart.Write(results));
        ConsoleReport.Write(results, AnsiConsole.Console);
        Console.WriteLine($"wrote {markdown} and {chart}");
    }
}
