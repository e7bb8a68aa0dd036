using System.Xml.Linq;

namespace DotNetty.Compatibility.Tests.Packaging;

/// <summary>
/// A folder outside the repository, with a feed, a packages folder and a NuGet configuration that knows no other source than the feed and
/// what this machine has restored before. Nothing is fetched, and no package of an earlier run is found.
/// </summary>
public sealed class LocalFeed : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(Within.Builds);

    public string Folder { get; } = Directory.CreateTempSubdirectory("esockdnetty-packaging-").FullName;

    public string Packages => Path.Combine(Folder, "feed");

    internal CommandResult PackOutput { get; private set; } = new(-1, "");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Packages);
        WriteSettings();
        PackOutput = (await PackLibrariesAsync()).Succeeded();
        await PackUpstreamAsync();
    }

    public Task DisposeAsync()
    {
        _deadline.Dispose();
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Writes files, by name and text, into a folder of that name.</summary>
    public string Write(string project, IReadOnlyDictionary<string, string> files)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, project)).FullName;
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }

    internal Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments) =>
        new DotNetCommand(folder, Path.Combine(Folder, "packages"), _deadline.Token).RunAsync(arguments);

    private void WriteSettings()
    {
        List<XElement> machine = [.. RepositoryTree.PackageFolders().Select((folder, index) => Add($"machine{index}", folder))];
        var settings = new XElement(
            "configuration",
            new XElement("packageSources", new XElement("clear"), Add("feed", Packages), machine),
            new XElement("fallbackPackageFolders", new XElement("clear")),
            new XElement(
                "packageSourceMapping",
                new XElement("clear"),
                Source("feed", "EsockdNetty*", "DotNetty.*", "ThirdParty"),
                machine.Select(source => Source(source.Attribute("key")!.Value, "*"))));
        Write(".", new Dictionary<string, string>
        {
            ["nuget.config"] = settings.ToString(),
            ["Directory.Build.props"] = SideBySideProjects.Properties,
            ["Directory.Build.targets"] = "<Project />",
            ["Directory.Packages.props"] = "<Project />",
        });
    }

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static XElement Source(string key, params string[] patterns) =>
        new("packageSource", new XAttribute("key", key), patterns.Select(pattern => new XElement("package", new XAttribute("pattern", pattern))));

    // What was built with these tests is packed as it is: nothing is compiled, and nothing is written into the repository.
    private Task<CommandResult> PackLibrariesAsync()
    {
        string folder = Write("pack", new Dictionary<string, string> { ["pack.proj"] = SideBySideProjects.PackAll });
        return new DotNetCommand(folder, packagesFolder: null, _deadline.Token).RunAsync(
            "msbuild",
            "pack.proj",
            "-nodeReuse:false",
            "-maxCpuCount:1",
            "-warnAsError",
            $"-p:Libraries={Path.Combine(RepositoryTree.Source, "*", "*.csproj")}",
            $"-p:Configuration={RepositoryTree.Configuration}",
            $"-p:PackageOutputPath={Packages}",
            $"-p:NuspecOutputPath={folder}");
    }

    private async Task PackUpstreamAsync()
    {
        string upstream = Write("upstream", SideBySideProjects.Upstream);
        File.WriteAllBytes(Path.Combine(upstream, "upstream.snk"), StrongNameKey.Create());
        (await PackAsync(upstream, "DotNetty.Common.csproj")).Succeeded();

        string thirdParty = Write("third-party", SideBySideProjects.ThirdParty);
        (await PackAsync(thirdParty, "ThirdParty.csproj")).Succeeded();
    }

    private Task<CommandResult> PackAsync(string folder, string project) =>
        RunAsync(folder, "pack", project, "-o", Packages, "-nodeReuse:false", "-maxCpuCount:1");
}
