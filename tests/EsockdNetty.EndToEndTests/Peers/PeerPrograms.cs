namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>Finds the programs of others on the PATH.</summary>
internal static class PeerPrograms
{
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs these programs cannot run here; null when it can.</summary>
    public static string? WhyMissing(IEnumerable<string> names)
    {
        string[] missing = [.. names.Where(name => Find(name) is null)];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)}";
    }
}
