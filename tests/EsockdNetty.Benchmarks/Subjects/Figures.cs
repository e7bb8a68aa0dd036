using System.Text.Json;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What a .NET subject tells of its memory, as one line of JSON.</summary>
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

    /// <exception cref="JsonException">The text is not what <see cref="Text"/> wrote.</exception>
    public static Figures Parse(string text) =>
        JsonSerializer.Deserialize<Figures>(text, JsonSerializerOptions.Web) ?? throw new JsonException($"{text}: no figures");

    /// <summary>By hand: a serializer's own first use would be among what is asked for next.</summary>
    public string Text() =>
        $$"""{"allocated":{{Allocated}},"gen0":{{Gen0}},"gen1":{{Gen1}},"gen2":{{Gen2}},"managedAfterGc":{{ManagedAfterGc}}}""";

    /// <summary>Collections since <paramref name="before"/>, without the one that asking then began.</summary>
    public int CollectionsSince(Figures before) => Math.Max(Gen0 - before.Gen0 - 1, 0);
}
