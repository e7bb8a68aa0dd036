using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>Where it was measured.</summary>
internal sealed record MachineFacts(string Processor, int Processors, string System, string Runtime, string Commit)
{
    public static MachineFacts Read() => new(
        ModelOf(OperatingSystem.IsLinux() ? File.ReadLines("/proc/cpuinfo") : []),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        ReadCommit());

    /// <summary>Reads the lines of /proc/cpuinfo.</summary>
    public static string ModelOf(IEnumerable<string> cpuinfo) =>
        cpuinfo.FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    public override string ToString() => $"{Processor}, {Processors} processors; {System}; {Runtime}; commit {Commit}";

    private static string ReadCommit()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, "describe", "--always", "--dirty", "--exclude=*"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process git = Process.Start(start)!;
            string commit = git.StandardOutput.ReadToEnd().Trim();
            return commit.Length > 0 ? commit : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
