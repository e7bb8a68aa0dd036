namespace EsockdNetty.Tests.Support;

/// <summary>A table of README: what stands in code font in each of its cells.</summary>
internal sealed class ReadmeTable
{
    private readonly string[][][] _rows;

    private ReadmeTable(string[][][] rows) => _rows = rows;

    /// <summary>The first table below a heading.</summary>
    public static ReadmeTable Below(string heading)
    {
        string readme = Repository.Read("README.md");
        string[] lines = readme[readme.IndexOf($"\n{heading}\n", StringComparison.Ordinal)..].Split('\n');
        return new ReadmeTable([.. lines.SkipWhile(static line => !IsRow(line)).TakeWhile(IsRow).Skip(2).Select(CodeOf)]);
    }

    public int Rows => _rows.Length;

    public IEnumerable<string> All => _rows.SelectMany(static row => row.SelectMany(static cell => cell));

    public IEnumerable<string> Column(int number) => Cells(number).SelectMany(static cell => cell);

    public IEnumerable<string[]> Cells(int column) => _rows.Select(row => row[column]);

    private static bool IsRow(string line) => line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("|-", StringComparison.Ordinal);

    private static string[][] CodeOf(string row) => [.. row.Trim('|').Split(" | ").Select(static cell => cell.Split('`').Where(static (_, place) => place % 2 == 1).ToArray())];
}
