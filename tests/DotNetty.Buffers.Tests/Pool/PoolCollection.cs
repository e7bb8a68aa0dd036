namespace DotNetty.Buffers.Tests.Pool;

/// <summary>The tests that look at counters of the process: one at a time, and with no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PoolCollection
{
    public const string Name = "pool";
}
