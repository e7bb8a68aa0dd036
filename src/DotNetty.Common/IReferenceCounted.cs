#nullable disable
namespace DotNetty.Common;

/// <summary>
/// An object whose storage is given back by hand. It is born with a count of 1; <see cref="Retain()"/> adds, <see cref="Release()"/> takes away,
/// and at 0 the storage returns to its pool and every access throws <see cref="Utilities.IllegalReferenceCountException"/>.
/// </summary>
public interface IReferenceCounted
{
    /// <summary>The number of owners; 0 once the storage has been given back.</summary>
    int ReferenceCount { get; }

    /// <summary>Adds one owner.</summary>
    IReferenceCounted Retain();

    /// <summary>Adds <paramref name="increment"/> owners (at least 1).</summary>
    IReferenceCounted Retain(int increment);

    /// <summary>Records the place of this call for the leak detector.</summary>
    IReferenceCounted Touch();

    /// <summary>Records the place of this call and <paramref name="hint"/> for the leak detector.</summary>
    IReferenceCounted Touch(object hint);

    /// <summary>Takes one owner away.</summary>
    /// <returns>True when that was the last one and the storage has been given back.</returns>
    bool Release();

    /// <summary>Takes <paramref name="decrement"/> owners (at least 1) away.</summary>
    /// <returns>True when those were the last ones and the storage has been given back.</returns>
    bool Release(int decrement);
}
