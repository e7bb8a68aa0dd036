namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>
/// The checked-in list of gaps: <c>gap — reason</c>, one a line. Its head is <c>entries: n</c>; lines that begin with <c>#</c> are headings.
/// To add an entry one has to raise the number, and to strike one to lower it: a change of either shows in review.
/// </summary>
internal sealed class MissingList
{
    private const string Head = "entries: ";
    private const string Dash = " — ";
    private const int ShortestReason = 15;

    private readonly List<(string Gap, string Reason)> _entries = [];

    private MissingList(int announced) => Announced = announced;

    public int Announced { get; }

    public IReadOnlyList<(string Gap, string Reason)> Entries => _entries;

    public static MissingList Read(TextReader text)
    {
        string head = text.ReadLine() ?? "";
        if (!head.StartsWith(Head, StringComparison.Ordinal))
            throw new FormatException($"The list begins with \"{Head}\" and their number.");

        var list = new MissingList(int.Parse(head[Head.Length..]));
        while (text.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                list.Add(line);
        }

        return list;
    }

    /// <summary>Everything in which the list and <paramref name="gaps"/> disagree, as sentences.</summary>
    public IReadOnlyList<string> Faults(IReadOnlyCollection<string> gaps)
    {
        string[] listed = [.. _entries.Select(e => e.Gap)];
        return
        [
            .. gaps.Except(listed).Select(gap => $"Missing, and not in the list: {gap}"),
            .. listed.Except(gaps).Select(gap => $"No longer missing, strike it out: {gap}"),
            .. listed.GroupBy(gap => gap).Where(g => g.Count() > 1).Select(g => $"Listed twice: {g.Key}"),
            .. _entries.Where(e => e.Reason.Length < ShortestReason).Select(e => $"Without a reason: {e.Gap}"),
            .. CountFault(),
        ];
    }

    private IEnumerable<string> CountFault()
    {
        if (_entries.Count > Announced)
            yield return $"The list may only shrink: {_entries.Count} entries, {Announced} announced in its head.";
        if (_entries.Count < Announced)
            yield return $"The list shrank: lower its head from {Announced} to {_entries.Count}.";
    }

    private void Add(string line)
    {
        int dash = line.IndexOf(Dash, StringComparison.Ordinal);
        if (dash < 0)
            throw new FormatException($"An entry is \"gap{Dash}reason\": {line}");

        _entries.Add((line[..dash], line[(dash + Dash.Length)..].Trim()));
    }
}
