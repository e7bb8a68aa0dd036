using Spectre.Console;

namespace EchoServer.Stats;

/// <summary>Rows as a table for a terminal.</summary>
internal static class StatsTable
{
    private static readonly string[] Columns = ["Listener", "Current", "Accepted", "Bytes in, out", "Messages", "Why refused", "Closed", "Backlog", "Lag"];

    public static Table Of(IReadOnlyList<StatsRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(Columns);
        foreach (StatsRow row in rows)
            table.AddRow(CellsOf(row));
        return rows is [.., var last] ? table.Caption(new TableTitle($"lost to full backlogs, by all programs here: {last.Overflows}")) : table;
    }

    // Text, not markup: a listener may be called anything.
    private static Text[] CellsOf(StatsRow row) =>
    [
        new($"{row.Name}\n{StatsText.StateOf(row)}"),
        new($"{row.Now.Current}\n{row.Now.Pending} pending"),
        new($"{row.Now.Accepted}\n{StatsText.Rate(row.AcceptedPerSecond)}"),
        new($"{StatsText.Bytes(row.BytesInPerSecond)}\n{StatsText.Bytes(row.BytesOutPerSecond)}"),
        new(StatsText.Rate(row.MessagesPerSecond)),
        new(Lines(row.WhyRefused), new Style(row.WhyRefused == "-" ? null : Color.Yellow)),
        new(Lines(row.WhyClosed)),
        new(row.Backlog),
        new(StatsText.Lag(row)),
    ];

    private static string Lines(string counts) => counts.Replace(", ", "\n", StringComparison.Ordinal);
}
