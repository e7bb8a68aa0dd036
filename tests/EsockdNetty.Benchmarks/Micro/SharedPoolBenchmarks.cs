using BenchmarkDotNet.Attributes;
using DotNetty.Buffers;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Taking memory on a thread that is no loop's.</summary>
public class SharedPoolBenchmarks
{
    [Benchmark]
    [Arguments(64)]
    [Arguments(4 * 1024)]
    [Arguments(64 * 1024)]
    public void TakeAndGiveBack(int bytes) => PooledByteBufferAllocator.Default.Buffer(bytes).Release();
}
