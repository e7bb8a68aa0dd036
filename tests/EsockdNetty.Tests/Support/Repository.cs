namespace EsockdNetty.Tests.Support;

/// <summary>The folder the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
