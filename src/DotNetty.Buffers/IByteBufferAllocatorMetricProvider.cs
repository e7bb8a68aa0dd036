#nullable disable
namespace DotNetty.Buffers;

/// <summary>An allocator that counts.</summary>
public interface IByteBufferAllocatorMetricProvider
{
    IByteBufferAllocatorMetric Metric { get; }
}
