#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A constant by id and name.</summary>
public abstract class AbstractConstant : IConstant
{
    private static long _lastUniquifier;

    protected AbstractConstant(int id, string name)
    {
        Id = id;
        Name = name;
        Uniquifier = Interlocked.Increment(ref _lastUniquifier);
    }

    public int Id { get; }

    public string Name { get; }

    /// <summary>A number no other constant of the process has: the order of birth.</summary>
    protected long Uniquifier { get; }

    public sealed override string ToString() => Name;
}
