namespace DotNetty.Buffers;

/// <summary>What the buffers of an allocator hold.</summary>
public interface IByteBufferAllocatorMetric
{
    /// <summary>Bytes of storage in living heap buffers.</summary>
    long UsedHeapMemory { get; }

    /// <summary>Bytes of storage in living direct buffers.</summary>
    long UsedDirectMemory { get; }
}
