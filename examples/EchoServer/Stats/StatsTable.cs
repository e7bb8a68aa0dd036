using Spectre.Console;

namespace EchoServer.Stats;

/// <summary>Rows as a table for a terminal, of as many columns as there is room for: a word that is cut says nothing.</summary>
internal static class StatsTable
{
    // What stands beside the text of a cell, and at the end of a line.
    private const int Frame = 3;

    // In their order, each with its place in the queue for what room there is.
    private static readonly Column[] Columns =
    [
        new("Listener", 0, static row => $"{row.Name}\n{Lines(StatsText.StateOf(row))}"),
        new("Current", 0, static row => $"{row.Now.Current}\n{row.Now.Pending} pending"),
        new("Accepted", 1, static row => $"{row.Now.Accepted}\n{StatsText.Rate(row.AcceptedPerSecond)}"),
        new("Bytes in, out", 4, static row => $"{StatsText.Bytes(row.BytesInPerSecond)}\n{StatsText.Bytes(row.BytesOutPerSecond)}"),
        new("Messages", 3, static row => StatsText.Rate(row.MessagesPerSecond)),
        new("Why refused", 0, static row => Lines(row.WhyRefused)) { IsAlarming = true },
        new("Closed", 2, static row => Lines(row.WhyClosed)),
        new("Backlog", 5, static row => row.Backlog),
        new("Lag", 6, StatsText.Lag),
    ];

    public static Table Of(IReadOnlyList<StatsRow> rows, int width)
    {
        Column[] columns = Fitting(rows, width);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (Column column in columns)
            table.AddColumn(new TableColumn(new Text(column.Header)).NoWrap());
        foreach (StatsRow row in rows)
            table.AddRow(columns.Select(column => column.CellOf(row)));
        return rows is [.., var last] ? table.Caption(new TableTitle($"lost to full backlogs, by all programs here: {last.Overflows}")) : table;
    }

    private static Column[] Fitting(IReadOnlyList<StatsRow> rows, int width)
    {
        int room = width - 1;
        var fitting = new HashSet<Column>();
        foreach (Column column in Columns.OrderBy(static column => column.Place))
        {
            int needed = column.WidthOf(rows) + Frame;
            if (needed > room && column.Place > 0)
                continue;

            fitting.Add(column);
            room -= needed;
        }

        return [.. Columns.Where(fitting.Contains)];
    }

    private static string Lines(string counts) => counts.Replace(", ", "\n", StringComparison.Ordinal);

    private sealed record Column(string Header, int Place, Func<StatsRow, string> Of)
    {
        public bool IsAlarming { get; init; }

        public int WidthOf(IReadOnlyList<StatsRow> rows) => rows.SelectMany(row => Of(row).Split('\n')).Append(Header).Max(static line => line.Length);

        // Text, not markup: a listener may be called anything.
        public Text CellOf(StatsRow row) => Of(row) is var text && IsAlarming && text != "-" ? new Text(text, new Style(Color.Yellow)) : new Text(text);
    }
}
