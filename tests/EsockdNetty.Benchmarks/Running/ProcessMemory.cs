using System.Diagnostics;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>The resident memory of another process.</summary>
internal static class ProcessMemory
{
    private const string Resident = "VmRSS:";

    /// <summary>Bytes; 0 for process 0, and for one that has ended.</summary>
    public static long Rss(int processId)
    {
        if (processId == 0)
            return 0;
        if (!OperatingSystem.IsLinux())
            return Elsewhere(processId);

        try
        {
            return Parse(File.ReadLines($"/proc/{processId}/status"));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Reads the lines of a status file.</summary>
    public static long Parse(IEnumerable<string> status)
    {
        string? line = status.FirstOrDefault(static line => line.StartsWith(Resident, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[Resident.Length..].Replace("kB", "").Trim()) * 1024;
    }

    private static long Elsewhere(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
