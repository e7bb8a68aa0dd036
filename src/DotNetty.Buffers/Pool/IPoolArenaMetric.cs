#nullable disable
namespace DotNetty.Buffers;

/// <summary>The counters of one pool.</summary>
public interface IPoolArenaMetric
{
    IReadOnlyList<IPoolChunkListMetric> ChunkLists { get; }

    IReadOnlyList<IPoolSubpageMetric> SmallSubpages { get; }

    IReadOnlyList<IPoolSubpageMetric> TinySubpages { get; }

    int NumChunkLists { get; }

    int NumSmallSubpages { get; }

    int NumThreadCaches { get; }

    int NumTinySubpages { get; }

    long NumActiveAllocations { get; }

    long NumActiveBytes { get; }

    long NumActiveHugeAllocations { get; }

    long NumActiveNormalAllocations { get; }

    long NumActiveSmallAllocations { get; }

    long NumActiveTinyAllocations { get; }

    long NumAllocations { get; }

    long NumDeallocations { get; }

    long NumHugeAllocations { get; }

    long NumHugeDeallocations { get; }

    long NumNormalAllocations { get; }

    long NumNormalDeallocations { get; }

    long NumSmallAllocations { get; }

    long NumSmallDeallocations { get; }

    long NumTinyAllocations { get; }

    long NumTinyDeallocations { get; }
}
