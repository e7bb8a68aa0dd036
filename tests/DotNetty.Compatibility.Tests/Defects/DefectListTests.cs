using System.Reflection;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>Every defect of the published packages that was measured or read has a test here that ours passes, or an excuse.</summary>
public sealed class DefectListTests
{
    private const int Defects = 25;

    // At most these may be excused: D13 and D20 to D23.
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["D22"] = "the portable transport waits by a receive of no bytes and a hop: .NET's sockets offer no readiness; the Linux transport has neither",
        ["D23"] = "TLS is driven over SslStream, whose synchronous completion is relied on; a stress test of DotNetty.Handlers counts calls off the loop and demands none",
    };

    public static TheoryData<string> All => [.. Enumerable.Range(1, Defects).Select(number => $"D{number}")];

    [Theory]
    [MemberData(nameof(All))]
    public void A_defect_has_a_test_or_an_excuse(string defect) => Assert.True(Tested.Contains(defect) ^ Excused.ContainsKey(defect), $"{defect} has neither test nor excuse, or both");

    [Fact]
    public void Only_five_may_be_excused() => Assert.Empty(Excused.Keys.Except(["D13", "D20", "D21", "D22", "D23"]));

    private static HashSet<string> Tested =>
        [.. typeof(DefectListTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Append<MemberInfo>(type))
            .SelectMany(member => member.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(TraitAttribute) && (string)attribute.ConstructorArguments[0].Value! == "Defect")
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value!)];
}
