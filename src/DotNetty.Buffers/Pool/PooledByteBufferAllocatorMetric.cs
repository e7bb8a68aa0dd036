#nullable disable
using System.Text;

namespace DotNetty.Buffers;

/// <summary>What the pools of the process hold. All of it counts as heap memory, since all of it is arrays.</summary>
public sealed class PooledByteBufferAllocatorMetric : IByteBufferAllocatorMetric
{
    internal PooledByteBufferAllocatorMetric()
    {
    }

    /// <summary>Bytes of storage in living buffers, as <see cref="BufferMemory.Held"/>.</summary>
    public long UsedHeapMemory => BufferMemory.Held;

    public long UsedDirectMemory => 0;

    /// <summary>Bytes of a slab.</summary>
    public int ChunkSize => Slab.Size;

    public int TinyCacheSize => PooledByteBufferAllocator.DefaultTinyCacheSize;

    public int SmallCacheSize => PooledByteBufferAllocator.DefaultSmallCacheSize;

    public int NormalCacheSize => PooledByteBufferAllocator.DefaultNormalCacheSize;

    /// <summary>Threads with an arena.</summary>
    public int NumThreadLocalCaches() => BufferMemory.Arenas.Count;

    /// <summary>The shared pool, then the arenas of threads.</summary>
    public IReadOnlyList<IPoolArenaMetric> HeapArenas() =>
        [new ArenaMetric(SharedPool.Instance.Pool, OwnMemory.Instance), .. BufferMemory.Arenas.Select(arena => new ArenaMetric(arena.Pool, null))];

    public IReadOnlyList<IPoolArenaMetric> DirectArenas() => [];

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("(held: ").Append(BufferMemory.Held).Append(", reserved: ").Append(BufferMemory.Reserved).Append(", arenas: ");
        return text.AppendJoin(", ", HeapArenas()).Append(')').ToString();
    }
}
