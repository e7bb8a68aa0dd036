#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>The equality of the objects themselves; null equals null and hashes to 0.</summary>
public sealed class DefaultHashingStrategy<T> : IHashingStrategy<T>
{
    public bool Equals(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    public int GetHashCode(T obj) => obj is null ? 0 : EqualityComparer<T>.Default.GetHashCode(obj);

    public int HashCode(T obj) => GetHashCode(obj);
}
