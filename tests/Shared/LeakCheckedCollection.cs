namespace EsockdNetty.TestSupport;

/// <summary>The tests that count what was not released. They run one at a time and with no other test of the assembly.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LeakCheckedCollection
{
    public const string Name = "leak-checked";
}
