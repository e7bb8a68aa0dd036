using System.Text.RegularExpressions;

namespace DotNetty.Compatibility.Tests;

/// <summary>Every difference in behaviour that is told of has a test that shows it.</summary>
public sealed partial class DifferencesTests
{
    private static readonly string[] Told = [.. File.ReadLines(Path.Combine(Root, "src", "Differences.md")).Where(static line => line.StartsWith("- ", StringComparison.Ordinal))];

    public static TheoryData<string> Tests => [.. Told.SelectMany(static line => TestName().Matches(line)).Select(static match => match.Groups["test"].Value).Distinct()];

    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    [Fact]
    public void A_difference_names_its_test() => Assert.All(Told, static line => Assert.Matches(TestName(), line));

    [Theory]
    [MemberData(nameof(Tests))]
    public void The_test_of_a_difference_is_there(string test)
    {
        string[] name = test.Split('.');
        string[] sources = Directory.GetFiles(Path.Combine(Root, "tests"), name[0] + ".cs", SearchOption.AllDirectories);

        Assert.Contains(sources, source => File.ReadAllText(source).Contains($" {name[1]}(", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`(?<test>[A-Z]\w+(?:Tests|Contract)\.\w+)`")]
    private static partial Regex TestName();
}
