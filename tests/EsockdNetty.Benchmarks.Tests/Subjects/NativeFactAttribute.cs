using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>A fact about programs in C: skipped, with the reason printed, where the server in C cannot be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        Skip = NativeServer.WhyMissing(tls: false);
        if (Skip is not null)
            Console.WriteLine($"skipped: {Skip}");
    }
}
