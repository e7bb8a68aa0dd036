namespace DotNetty.Buffers;

/// <summary>Counts the arrays of an <see cref="UnpooledByteBufferAllocator"/>.</summary>
internal sealed class UnpooledMetric : IByteBufferAllocatorMetric
{
    private long _heap;
    private long _direct;

    public long UsedHeapMemory => Interlocked.Read(ref _heap);

    public long UsedDirectMemory => Interlocked.Read(ref _direct);

    internal void AddHeap(int bytes) => Interlocked.Add(ref _heap, bytes);

    internal void AddDirect(int bytes) => Interlocked.Add(ref _direct, bytes);

    public override string ToString() => $"(usedHeapMemory: {UsedHeapMemory}; usedDirectMemory: {UsedDirectMemory})";
}
