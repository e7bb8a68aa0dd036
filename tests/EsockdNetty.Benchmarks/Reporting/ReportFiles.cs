namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>The results as files of one folder. Each is written beside its place and moved there: whoever reads it, or ends this, finds a whole one.</summary>
internal sealed class ReportFiles(string folder)
{
    public string Markdown { get; } = Path.Combine(folder, "results.md");

    public string Chart { get; } = Path.Combine(folder, "results.svg");

    public void Write(Results results)
    {
        Directory.CreateDirectory(folder);
        Replace(Markdown, MarkdownReport.Write(results));
        Replace(Chart, SvgChart.Write(results));
    }

    private static void Replace(string file, string text)
    {
        string unfinished = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, file, overwrite: true);
    }
}
