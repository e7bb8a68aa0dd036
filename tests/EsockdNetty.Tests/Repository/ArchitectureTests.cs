using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EsockdNetty.Tests.Repository;

/// <summary>The arrows of the house run one way.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["DotNetty.Common"] = [],
        ["DotNetty.Buffers"] = ["DotNetty.Common"],
        ["DotNetty.Transport"] = ["DotNetty.Buffers"],
        ["DotNetty.Transport.Epoll"] = ["DotNetty.Transport"],
        ["DotNetty.Codecs"] = ["DotNetty.Transport"],
        ["DotNetty.Handlers"] = ["DotNetty.Codecs"],
        ["EsockdNetty.Codecs"] = ["DotNetty.Codecs"],
        ["EsockdNetty"] = ["EsockdNetty.Codecs", "DotNetty.Handlers", "DotNetty.Transport.Epoll"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_those_below_it(string project)
    {
        XDocument file = XDocument.Load(Path.Combine(Source, project, project + ".csproj"));

        string[] references = [.. file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];

        Assert.Equal(Allowed[project].Order(), references.Order());
        Assert.Empty(file.Descendants("FrameworkReference"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_uses_only_namespaces_of_projects_below_its_own(string project)
    {
        string[] below = [.. Below(project).Append(project)];

        string[] wrong =
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories)
               where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")
               from used in Usings().Matches(File.ReadAllText(file)).Select(match => ProjectOf(match.Groups[1].Value))
               where !below.Contains(used)
               select $"{file}: {used}",
        ];

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_project_of_the_source_folder_is_judged_here()
    {
        string[] projects = [.. Directory.EnumerateDirectories(Source).Select(folder => Path.GetFileName(folder)!)];

        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }

    private static string Source
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "src");
        }
    }

    private static IEnumerable<string> Below(string project) => Allowed[project].SelectMany(reference => Below(reference).Append(reference)).Distinct();

    // The longest project name the namespace begins with.
    private static string ProjectOf(string used) =>
        Allowed.Keys.Where(project => used == project || used.StartsWith(project + ".", StringComparison.Ordinal)).MaxBy(project => project.Length) ?? used;

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?((?:DotNetty|EsockdNetty)[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
