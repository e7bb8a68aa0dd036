using System.Text.Json;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>What a .NET server tells of its memory. The question itself costs one full collection, which is in none of the counts before it.</summary>
internal sealed record SubjectFigures(long Allocated, int Gen0, int Gen1, int Gen2, long ManagedAfterGc)
{
    public static SubjectFigures Parse(string json) =>
        JsonSerializer.Deserialize<SubjectFigures>(json, JsonSerializerOptions.Web) ?? throw new RunFailedException($"figures: {json}: no figures");

    /// <summary>Collections since <paramref name="before"/>, without the one that asking then began.</summary>
    public int CollectionsSince(SubjectFigures before) => Math.Max(Gen0 - before.Gen0 - 1, 0);
}
