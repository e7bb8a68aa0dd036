#nullable disable
namespace DotNetty.Buffers;

/// <summary>
/// The counters of one pool in DotNetty's terms: tiny below 512 bytes, small up to 4 KiB, normal up to a slab, huge with memory of their own.
/// The pool has no subpages and no chunk lists.
/// </summary>
internal sealed class ArenaMetric(SlabPool pool, OwnMemory huge) : IPoolArenaMetric
{
    private const int FirstSmall = 3;
    private const int FirstNormal = 7;

    public int NumThreadCaches => 0;

    public int NumTinySubpages => 0;

    public int NumSmallSubpages => 0;

    public int NumChunkLists => 0;

    public IReadOnlyList<IPoolSubpageMetric> TinySubpages => [];

    public IReadOnlyList<IPoolSubpageMetric> SmallSubpages => [];

    public IReadOnlyList<IPoolChunkListMetric> ChunkLists => [];

    public long NumTinyAllocations => Taken(0, FirstSmall);

    public long NumSmallAllocations => Taken(FirstSmall, FirstNormal);

    public long NumNormalAllocations => Taken(FirstNormal, SizeClass.Count);

    public long NumHugeAllocations => huge?.Taken ?? 0;

    public long NumAllocations => Taken(0, SizeClass.Count) + NumHugeAllocations;

    public long NumTinyDeallocations => Returned(0, FirstSmall);

    public long NumSmallDeallocations => Returned(FirstSmall, FirstNormal);

    public long NumNormalDeallocations => Returned(FirstNormal, SizeClass.Count);

    public long NumHugeDeallocations => huge?.Returned ?? 0;

    public long NumDeallocations => Returned(0, SizeClass.Count) + NumHugeDeallocations;

    public long NumActiveTinyAllocations => NumTinyAllocations - NumTinyDeallocations;

    public long NumActiveSmallAllocations => NumSmallAllocations - NumSmallDeallocations;

    public long NumActiveNormalAllocations => NumNormalAllocations - NumNormalDeallocations;

    public long NumActiveHugeAllocations => NumHugeAllocations - NumHugeDeallocations;

    public long NumActiveAllocations => NumAllocations - NumDeallocations;

    public long NumActiveBytes => pool.Held + (huge?.Held ?? 0);

    public override string ToString() => $"(held: {NumActiveBytes}, reserved: {pool.Reserved}, buffers: {NumActiveAllocations})";

    private long Taken(int from, int to)
    {
        long sum = 0;
        for (var sizeClass = from; sizeClass < to; sizeClass++)
            sum += pool.TakenOf(sizeClass);
        return sum;
    }

    private long Returned(int from, int to)
    {
        long sum = 0;
        for (var sizeClass = from; sizeClass < to; sizeClass++)
            sum += pool.PutOf(sizeClass);
        return sum;
    }
}
