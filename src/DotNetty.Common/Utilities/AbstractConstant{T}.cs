#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A constant that equals only itself and is ordered by birth among its kind.</summary>
public abstract class AbstractConstant<T> : AbstractConstant, IComparable<T>, IEquatable<T>
    where T : AbstractConstant<T>
{
    protected AbstractConstant(int id, string name)
        : base(id, name)
    {
    }

    public int CompareTo(T o) => o is null ? 1 : Uniquifier.CompareTo(o.Uniquifier);

    public bool Equals(T other) => ReferenceEquals(this, other);

    public sealed override bool Equals(object obj) => ReferenceEquals(this, obj);

    public sealed override int GetHashCode() => base.GetHashCode();
}
