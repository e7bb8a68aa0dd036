#nullable disable
namespace DotNetty.Buffers;

/// <summary>A direct buffer whose array its allocator counts.</summary>
internal sealed class CountedDirectByteBuffer : UnpooledUnsafeDirectByteBuffer
{
    private readonly UnpooledMetric _metric;

    internal CountedDirectByteBuffer(UnpooledByteBufferAllocator alloc, UnpooledMetric metric, int initialCapacity, int maxCapacity)
        : base(alloc, NoBytes, maxCapacity, doFree: true)
    {
        _metric = metric;
        AdjustCapacity(initialCapacity);
    }

    protected override byte[] AllocateDirect(int initialCapacity)
    {
        var bytes = base.AllocateDirect(initialCapacity);
        _metric.AddDirect(bytes.Length);
        return bytes;
    }

    protected override void FreeDirect(byte[] array) => _metric.AddDirect(-array.Length);
}
