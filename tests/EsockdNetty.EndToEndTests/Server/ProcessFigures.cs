using System.Globalization;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>What Linux tells about a running process.</summary>
internal static class ProcessFigures
{
    // USER_HZ is 100 on every architecture that .NET runs on (proc(5), sysconf(3)).
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    public static int OpenDescriptors(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    public static int Threads(int process) => Directory.GetDirectories($"/proc/{process}/task").Length;

    /// <summary>Processor time used so far, in seconds of one core.</summary>
    public static double ProcessorSeconds(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");

        // The second field is the name in parentheses and may hold blanks: count from behind it.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(fields[UserTime]) + Ticks(fields[SystemTime])) / TicksPerSecond;
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
