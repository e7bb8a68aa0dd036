#nullable disable
namespace DotNetty.Buffers;

/// <summary>A group of slabs by how full they are.</summary>
public interface IPoolChunkListMetric : IEnumerable<IPoolChunkMetric>
{
    int MaxUsage { get; }

    int MinUsage { get; }
}
