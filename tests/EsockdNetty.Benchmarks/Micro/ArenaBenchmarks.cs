using BenchmarkDotNet.Attributes;
using DotNetty.Buffers;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Benchmarks on a thread with a pool of its own, as a loop has one.</summary>
public abstract class ArenaBenchmarks
{
    private BufferArena? _arena;

    /// <summary>The allocator of the loop that this thread stands for.</summary>
    protected static IByteBufferAllocator Allocator => PooledByteBufferAllocator.Default;

    [GlobalSetup]
    public void Begin()
    {
        _arena = PooledByteBufferAllocator.AttachToCurrentThread();
        Prepare();
    }

    [GlobalCleanup]
    public void End() => _arena?.Dispose();

    /// <summary>Makes what the benchmarks work on.</summary>
    protected virtual void Prepare()
    {
    }
}
