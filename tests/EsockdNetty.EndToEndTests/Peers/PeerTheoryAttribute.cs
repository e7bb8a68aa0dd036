namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>A theory that needs other people's programs: skipped, with the reason printed, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(params string[] programs)
    {
        Skip = PeerPrograms.WhyMissing(programs);
        if (Skip is not null)
            Console.WriteLine($"skipped: {Skip}");
    }
}
