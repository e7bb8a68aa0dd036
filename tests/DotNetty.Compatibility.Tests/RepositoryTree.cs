using System.Reflection;
using System.Text.Json;

namespace DotNetty.Compatibility.Tests;

/// <summary>The repository these tests were built in.</summary>
internal static class RepositoryTree
{
    public static string Root { get; } = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    public static string Tests => Path.Combine(Root, "tests", "DotNetty.Compatibility.Tests");

    /// <summary>Debug or Release: the libraries were built along with these tests.</summary>
    public static string Configuration { get; } =
        typeof(RepositoryTree).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Where the packages lie that this build has restored: what the libraries depend on is among them.</summary>
    public static IReadOnlyList<string> PackageFolders()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Tests, "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
