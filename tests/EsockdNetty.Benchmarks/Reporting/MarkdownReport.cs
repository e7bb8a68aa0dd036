using System.Text;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>The results as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(Results results)
    {
        var text = new StringBuilder();
        text.Append("# Benchmarks\n\n").Append(results.Facts).Append("\n\n");
        text.Append($"{results.Options.Rounds} rounds of {results.Options.Duration.TotalSeconds:0.##} s after {results.Options.Warmup.TotalSeconds:0.##} s.\n\n");
        if (results.Missing.Count > 0)
            text.Append($"Unfinished: without {string.Join(", ", results.Missing)}.\n\n");
        text.Append("![ratios](results.svg)\n\n");
        AppendLine(text, Columns.All.Select(static column => column.Title));
        AppendLine(text, Columns.All.Select(static (_, index) => index < 2 ? "---" : "---:"));
        foreach (Row row in results.Rows)
            AppendLine(text, Columns.All.Select(column => Escape(column.Text(row))));
        AppendList(text, "Workloads", results.Rows.Select(static row => row.Workload).Distinct().Select(static workload => $"{workload.Name}: {workload.Title}"));
        AppendList(text, "Notes", results.Notes);
        AppendList(text, "How to read it", Explanation.Lines);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static void AppendList(StringBuilder text, string title, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length == 0)
            return;

        text.Append($"\n## {title}\n\n");
        foreach (string item in all)
            text.Append("- ").Append(Escape(item)).Append('\n');
    }

    private static string Escape(string text) => text.Replace("\r", "").Replace("\n", " ").Replace("|", "\\|");
}
