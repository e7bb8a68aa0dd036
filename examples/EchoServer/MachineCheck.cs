using EsockdNetty.Opening;

namespace EchoServer;

/// <summary>--check: the machine's limits beside what the options need, as a table of text.</summary>
internal static class MachineCheck
{
    private const int Shortfall = 2;

    /// <returns>The exit code: 0 when everything is enough, 2 when something is short.</returns>
    public static int Run(IReadOnlyList<LimitCheck> checks, TextWriter output)
    {
        string[][] rows = [["limit", "is", "needed", "remedy"], .. checks.Select(check => new[] { check.Limit, check.Is, check.Needed, RemedyOf(check) })];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return checks.Any(check => check.IsShort) ? Shortfall : 0;
    }

    private static string RemedyOf(LimitCheck check) => (check.IsShort, check.Remedy) switch
    {
        (true, var remedy) => $"SHORT: {remedy}",
        (false, "") => "enough",
        (false, var remedy) => $"enough; {remedy}",
    };
}
