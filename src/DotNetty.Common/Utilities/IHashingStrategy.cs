#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>An equality with the hash that belongs to it.</summary>
public interface IHashingStrategy<in T> : IEqualityComparer<T>
{
    /// <summary>Equal objects have equal hashes.</summary>
    int HashCode(T obj);
}
