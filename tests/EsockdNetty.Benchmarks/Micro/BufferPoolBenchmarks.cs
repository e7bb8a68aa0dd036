using BenchmarkDotNet.Attributes;
using DotNetty.Buffers;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Taking memory and giving it back.</summary>
public class BufferPoolBenchmarks : ArenaBenchmarks
{
    private const int MessageSize = 64;

    private IByteBuffer _received = null!;

    [Benchmark]
    [Arguments(64)]
    [Arguments(4 * 1024)]
    [Arguments(64 * 1024)]
    public void TakeAndGiveBack(int bytes) => Allocator.Buffer(bytes).Release();

    [Benchmark]
    public void RetainedSlice() => _received.RetainedSlice(0, MessageSize).Release();

    [Benchmark]
    public void CompositeOfTwo()
    {
        IByteBuffer header = Allocator.Buffer(MessageSize).SetWriterIndex(MessageSize);
        Allocator.CompositeBuffer(2).AddComponent(true, header).AddComponent(true, _received.RetainedSlice(0, MessageSize)).Release();
    }

    protected override void Prepare() => _received = Allocator.Buffer(64 * 1024).SetWriterIndex(64 * 1024);
}
