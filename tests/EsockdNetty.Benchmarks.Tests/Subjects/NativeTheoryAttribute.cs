using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>A theory about the server in C: skipped, with the reason printed, where it cannot be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute(bool tls = false)
    {
        Skip = NativeServer.WhyMissing(tls);
        if (Skip is not null)
            Console.WriteLine($"skipped: {Skip}");
    }
}
