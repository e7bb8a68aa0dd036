#nullable disable
namespace DotNetty.Buffers;

/// <summary>A heap buffer whose array its allocator counts.</summary>
internal sealed class CountedHeapByteBuffer : UnpooledHeapByteBuffer
{
    private readonly UnpooledMetric _metric;

    internal CountedHeapByteBuffer(UnpooledByteBufferAllocator alloc, UnpooledMetric metric, int initialCapacity, int maxCapacity)
        : base(alloc, NoBytes, maxCapacity)
    {
        _metric = metric;
        SetArray(NewArray(initialCapacity));
    }

    protected override byte[] AllocateArray(int initialCapacity)
    {
        var bytes = base.AllocateArray(initialCapacity);
        _metric.AddHeap(bytes.Length);
        return bytes;
    }

    protected override void FreeArray(byte[] bytes) => _metric.AddHeap(-bytes.Length);
}
