using System.IO.Compression;
using System.Xml.Linq;

namespace DotNetty.Compatibility.Tests.Packaging;

/// <summary>Our packages in the hands of a user who has the old ones, too. Everything is built from local sources, outside the repository.</summary>
[Trait("Category", "Slow")]
public sealed class PackagingTests(LocalFeed feed) : IClassFixture<LocalFeed>
{
    private const string Notice = "hidden from the compiler";

    public static TheoryData<string> Libraries =>
        [
            .. Directory.EnumerateDirectories(RepositoryTree.Source)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
                .Select(project => Path.GetFileNameWithoutExtension(project)),
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_package_carries_its_assembly_documentation_readme_licence_and_description(string library)
    {
        string id = library.StartsWith("DotNetty.", StringComparison.Ordinal) ? "EsockdNetty." + library : library;
        using ZipArchive package = Open(id);
        XElement metadata = Metadata(package);
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.Contains("<member name=\"T:", Text(package, $"lib/net10.0/{id}.xml"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryTree.Root, "README.md")), Text(package, "README.md"));
        Assert.Equal((id, "MIT", "README.md"), (Value("id"), Value("license"), Value("readme")));
        Assert.NotEqual("Package Description", Value("description"));
    }

    [Fact]
    public void Packing_warns_of_nothing() => Assert.DoesNotContain("warning", feed.PackOutput.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task An_app_uses_ours_beside_a_library_that_was_compiled_against_the_old_ones()
    {
        string app = feed.Write("app", SideBySideProjects.App);

        CommandResult build = (await BuildAsync(app)).Succeeded();
        CommandResult run = (await RunAsync(app)).Succeeded();

        string notice = Assert.Single(build.Output.Split('\n'), line => line.Contains(Notice, StringComparison.Ordinal));
        Assert.Contains(": DotNetty.Common. EsockdNettyHideUpstream=false", notice, StringComparison.Ordinal);
        Assert.Contains("decoded ours, released True", run.Output, StringComparison.Ordinal);
        Assert.Contains("own EsockdNetty.DotNetty.Common", run.Output, StringComparison.Ordinal);
        Assert.Matches("other the old package from DotNetty.Common, Version=0.7.6.0, Culture=neutral, PublicKeyToken=[0-9a-f]{16}", run.Output);
    }

    [Fact]
    public async Task With_the_switch_off_the_compiler_sees_both_and_says_so()
    {
        string app = feed.Write("app-with-both", SideBySideProjects.App);

        CommandResult build = await BuildAsync(app, "-p:EsockdNettyHideUpstream=false");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error CS0433", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Notice, build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_package_with_an_alias_of_its_own_stays_visible()
    {
        string app = feed.Write("app-with-alias", SideBySideProjects.AliasedApp);

        (await BuildAsync(app)).Succeeded();
        CommandResult run = (await RunAsync(app)).Succeeded();

        Assert.Contains("own, the old package, the old package from DotNetty.Common, Version=0.7.6.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_five_old_libraries_are_hidden_and_nothing_else()
    {
        string folder = feed.Write("target", new Dictionary<string, string> { ["target.proj"] = SideBySideProjects.TargetAlone });
        using ZipArchive package = Open("EsockdNetty.DotNetty.Common");
        package.GetEntry("buildTransitive/EsockdNetty.DotNetty.Common.targets")!.ExtractToFile(Path.Combine(folder, "packed.targets"));

        CommandResult run = (await feed.RunAsync(folder, "msbuild", "target.proj", "-nodeReuse:false")).Succeeded();

        Assert.Contains(
            "left: b/EsockdNetty.DotNetty.Common.dll;b/DotNetty.Codecs.Http.dll;b/Common.dll;b/DotNetty.dll;c/DotNetty.Codecs.dll",
            run.Output,
            StringComparison.Ordinal);
    }

    private ZipArchive Open(string id) =>
        ZipFile.OpenRead(Directory.EnumerateFiles(feed.Packages, $"{id}.*.nupkg").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])));

    private static string Text(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(package.GetEntry(entry)?.Open() ?? throw new FileNotFoundException(entry));
        return reader.ReadToEnd();
    }

    private static XElement Metadata(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XElement.Load(nuspec).Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private Task<CommandResult> BuildAsync(string folder, params string[] more) =>
        feed.RunAsync(folder, ["build", "App.csproj", "-c", "Debug", "-nodeReuse:false", "-maxCpuCount:1", .. more]);

    private Task<CommandResult> RunAsync(string folder) => feed.RunAsync(folder, Path.Combine("bin", "Debug", "net10.0", "App.dll"));
}
