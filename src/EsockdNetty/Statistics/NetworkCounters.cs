using System.Globalization;

namespace EsockdNetty.Statistics;

/// <summary>
/// What the kernel counts for the whole network namespace, not for a listener or a process (/proc/net/netstat). Read again at most ten times a
/// second, however many ask.
/// </summary>
internal static class NetworkCounters
{
    private const string File = "/proc/net/netstat";
    private const string Group = "TcpExt:";
    private const long ReadEveryMilliseconds = 100;

    private static readonly Lock Reading = new();
    private static long? _listenOverflows;
    private static long _readAt = -ReadEveryMilliseconds;

    /// <summary>Connections dropped because the backlog of some listening socket was full; null where the system does not tell.</summary>
    public static long? ListenOverflows
    {
        get
        {
            lock (Reading)
            {
                if (Environment.TickCount64 - _readAt >= ReadEveryMilliseconds)
                {
                    _listenOverflows = Read("ListenOverflows");
                    _readAt = Environment.TickCount64;
                }

                return _listenOverflows;
            }
        }
    }

    /// <summary>One counter out of the file's text: a line of names, then a line of numbers in the same order.</summary>
    internal static long? Find(IEnumerable<string> lines, string name)
    {
        string[] rows = [.. lines.Where(static line => line.StartsWith(Group, StringComparison.Ordinal)).Take(2)];
        if (rows.Length < 2)
        {
            return null;
        }

        int column = Array.IndexOf(rows[0].Split(' '), name);
        string[] numbers = rows[1].Split(' ');
        return column > 0 && column < numbers.Length && long.TryParse(numbers[column], CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    private static long? Read(string name)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Find(System.IO.File.ReadLines(File), name) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
