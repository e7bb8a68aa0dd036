namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>A fact that needs other people's programs: skipped, with the reason printed, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(params string[] programs)
    {
        Skip = PeerPrograms.WhyMissing(programs);
        if (Skip is not null)
            Console.WriteLine($"skipped: {Skip}");
    }
}
