namespace EsockdNetty.Benchmarks.Running;

/// <summary>Programs of the system that some things need, and others do without.</summary>
internal static class SystemTool
{
    /// <summary>True when a program of that name is found by PATH.</summary>
    public static bool IsThere(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));
}
