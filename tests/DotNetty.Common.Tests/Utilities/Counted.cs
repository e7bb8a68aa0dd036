using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

/// <summary>A reference-counted object that says how often it was deallocated and last touched with what.</summary>
internal sealed class Counted : AbstractReferenceCounted
{
    private int _deallocations;

    public int Deallocations => _deallocations;

    public object? LastHint { get; private set; }

    public override IReferenceCounted Touch(object hint)
    {
        LastHint = hint;
        return this;
    }

    protected override void Deallocate() => Interlocked.Increment(ref _deallocations);
}
