using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>What this machine lets a process take on.</summary>
internal static class DefaultLimits
{
    /// <summary>What a server takes on wherever it runs.</summary>
    public const int LeastConnections = 16;

    /// <summary>Bytes of memory reckoned for a connection.</summary>
    public const long MemoryPerConnection = 16 * 1024;

    private const int LeastPending = 64;
    private const int MostConnections = 1_000_000;

    /// <summary>The least of what the descriptor limit leaves, the memory limit ÷ 16 KiB, and 1,000,000.</summary>
    public static int MaxConnections()
    {
        long descriptors = DescriptorLimits.ReadSoftLimit() is { } limit ? limit - DescriptorLimits.OpenAtStart - DescriptorLimits.ReserveOf(limit) : MostConnections;
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryPerConnection;
        return (int)Math.Clamp(Math.Min(descriptors, memory), LeastConnections, MostConnections);
    }

    /// <summary>Bytes that buffers may hold before connections are sacrificed: half the memory limit.</summary>
    public static long BufferBudget() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>A quarter of the connections, at least 64.</summary>
    public static int MaxPending(int maxConnections) => Math.Max(LeastPending, maxConnections / 4);
}
