using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>The parts of the hot path on their own: time and bytes allocated an operation. What they come to in a server is measured elsewhere.</summary>
internal static class MicroBenchmarks
{
    private static readonly string[] All = ["--filter", "*"];

    /// <summary>Runs <c>micro</c>; the arguments are BenchmarkDotNet's, and none of them means all benchmarks.</summary>
    public static int Run(string[] args)
    {
        // In this process and in short: all of them take minutes, and nothing is compiled.
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        bool allRan = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly)
            .Run(args.Length == 0 ? All : args, config)
            .All(static summary => !summary.HasCriticalValidationErrors && summary.Reports.All(static report => report.Success));
        return allRan ? 0 : 1;
    }
}
