namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What a .NET subject tells of its memory.</summary>
/// <param name="Allocated">Bytes since the process began.</param>
/// <param name="ManagedAfterGc">Bytes that live after a full collection, which this figure itself starts: the counts before it are not those of it.</param>
internal sealed record Figures(long Allocated, int Gen0, int Gen1, int Gen2, long ManagedAfterGc)
{
    public static Figures Now()
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        int gen0 = GC.CollectionCount(0);
        int gen1 = GC.CollectionCount(1);
        int gen2 = GC.CollectionCount(2);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return new Figures(allocated, gen0, gen1, gen2, GC.GetTotalMemory(forceFullCollection: false));
    }
}
