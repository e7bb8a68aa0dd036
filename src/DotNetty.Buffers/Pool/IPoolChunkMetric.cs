#nullable disable
namespace DotNetty.Buffers;

/// <summary>One slab.</summary>
public interface IPoolChunkMetric
{
    int ChunkSize { get; }

    int FreeBytes { get; }

    int Usage { get; }
}
