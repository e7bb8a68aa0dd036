namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Measures single parts.</summary>
internal static class MicroBenchmarks
{
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"micro {string.Join(' ', args)}: nothing to measure");
        return 2;
    }
}
