namespace EsockdNetty.Benchmarks.Micro;

internal static class MicroBenchmarks
{
    public static int Run(string[] args) => args.Length;
}
