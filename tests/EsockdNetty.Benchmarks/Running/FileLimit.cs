using System.Diagnostics;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>How many descriptors a child may have: as many as it inherits, or more where prlimit(1) is allowed to raise it.</summary>
internal sealed record FileLimit(long Most, bool Raised)
{
    // What a process has open beside connections, and what EchoServer keeps back: 32 and 1 %.
    private const int Own = 200;
    private const string Tool = "prlimit";

    /// <summary>Connections that fit.</summary>
    public int Connections => (int)Math.Min((Most - Own) * 98 / 100, int.MaxValue);

    /// <summary>For that many connections, if it can be had.</summary>
    public static FileLimit For(int connections)
    {
        long hard = Hard();
        long wanted = (connections * 103L / 100) + (2 * Own);
        if (hard >= wanted)
            return new FileLimit(hard, Raised: false);

        return CanRaise(wanted) ? new FileLimit(wanted, Raised: true) : new FileLimit(hard, Raised: false);
    }

    public (string File, IReadOnlyList<string> Arguments) Raise(string file, IReadOnlyList<string> arguments) =>
        Raised ? (Tool, [$"--nofile={Most}:{Most}", file, .. arguments]) : (file, arguments);

    /// <summary>Reads the lines of /proc/PID/limits: the hard limit.</summary>
    public static long ParseHard(IEnumerable<string> limits)
    {
        string? line = limits.FirstOrDefault(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 4 && long.TryParse(words[4], out long hard) ? hard : long.MaxValue / 200;
    }

    private static long Hard() => ParseHard(OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/limits") : []);

    private static bool CanRaise(long wanted)
    {
        try
        {
            using Process tried = Process.Start(new ProcessStartInfo(Tool, [$"--nofile={wanted}:{wanted}", "true"]) { RedirectStandardError = true })!;
            tried.WaitForExit();
            return tried.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
