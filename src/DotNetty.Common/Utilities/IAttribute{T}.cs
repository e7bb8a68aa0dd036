#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>One value of an <see cref="IAttributeMap"/>. All members may be called from any thread.</summary>
public interface IAttribute<T>
{
    AttributeKey<T> Key { get; }

    /// <summary>The value, or null when none was set.</summary>
    T Get();

    void Set(T value);

    /// <summary>Sets the value and gives back the one before.</summary>
    T GetAndSet(T value);

    /// <summary>Sets the value if there is none.</summary>
    /// <returns>The value that was there already, or null when this one was set.</returns>
    T SetIfAbsent(T value);

    /// <summary>Clears the value and takes the attribute out of its map; the map makes a new one when asked again.</summary>
    T GetAndRemove();

    /// <summary>Sets <paramref name="newValue"/> if the value is <paramref name="oldValue"/> by reference.</summary>
    /// <returns>True when it was set.</returns>
    bool CompareAndSet(T oldValue, T newValue);

    /// <summary>Clears the value and takes the attribute out of its map; the map makes a new one when asked again.</summary>
    void Remove();
}
