namespace EsockdNetty.EndToEndTests;

/// <summary>Tests that measure time, processor or memory, or need all of the machine: one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuringCollection
{
    public const string Name = "measuring";
}
