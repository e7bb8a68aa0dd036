using Spectre.Console;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>The results on a terminal, or in a file that stands for one.</summary>
internal static class ConsoleReport
{
    // What is not a terminal has no width of its own, and a cut table is of no use.
    private const int WidthOfFiles = 240;

    public static void Write(Results results, IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthOfFiles;
        console.Write(TableOf(results));
        console.WriteLine(results.Facts.ToString());
        foreach (string note in results.Notes)
            console.WriteLine(note);
        console.WriteLine();
        foreach (string line in Explanation.Lines)
            console.WriteLine(line);
    }

    private static Table TableOf(Results results)
    {
        var table = new Table().Border(TableBorder.Simple);
        // A column that nobody has anything for only makes the others narrower.
        var shown = Columns.All.Where(column => results.Rows.Any(row => column.Text(row).Length > 0)).ToArray();
        foreach ((string title, _) in shown)
            table.AddColumn(new TableColumn(Markup.Escape(title)) { NoWrap = true });
        foreach (Row row in results.Rows)
            table.AddRow([.. shown.Select(column => Markup.Escape(column.Text(row)))]);
        return table;
    }
}
