using System.Text.RegularExpressions;

namespace DotNetty.Compatibility.Tests.Corpus;

/// <summary>The source text of the corpus: everything in this folder that is of the namespace Acme.</summary>
internal static class CorpusText
{
    public static IReadOnlyDictionary<string, string> Files { get; } = Read();

    public static string All { get; } = string.Join('\n', Files.Values);

    public static bool Contains(string pattern) => Regex.IsMatch(All, pattern);

    private static Dictionary<string, string> Read() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryTree.Tests, "Corpus"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .Where(file => file.Text.Contains("\nnamespace Acme.", StringComparison.Ordinal))
            .ToDictionary(file => file.Name, file => file.Text);
}
