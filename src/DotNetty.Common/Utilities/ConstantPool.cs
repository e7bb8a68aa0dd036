#nullable disable
using System.Collections.Concurrent;

namespace DotNetty.Common.Utilities;

/// <summary>Constants by name: whoever asks for the same name gets the same constant.</summary>
public abstract class ConstantPool
{
    private readonly ConcurrentDictionary<string, IConstant> _constants = new(StringComparer.Ordinal);
    private int _lastId;

    /// <summary>The constant named after a type and a name within it.</summary>
    public IConstant ValueOf<T>(Type firstNameComponent, string secondNameComponent)
    {
        ArgumentNullException.ThrowIfNull(firstNameComponent);
        ArgumentNullException.ThrowIfNull(secondNameComponent);
        return ValueOf<T>($"{firstNameComponent.FullName ?? firstNameComponent.Name}#{secondNameComponent}");
    }

    /// <summary>The constant of that name, made now if there is none.</summary>
    public IConstant ValueOf<T>(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_constants.TryGetValue(name, out var constant))
            return constant;

        return _constants.GetOrAdd(name, NewConstant<T>(NextId(), name));
    }

    public bool Exists(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _constants.ContainsKey(name);
    }

    /// <summary>A new constant.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public IConstant NewInstance<T>(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var constant = NewConstant<T>(NextId(), name);
        if (!_constants.TryAdd(name, constant))
            throw new ArgumentException($"A constant named '{name}' exists already.", nameof(name));
        return constant;
    }

    /// <summary>An id nobody in this pool has.</summary>
    public int NextId() => Interlocked.Increment(ref _lastId);

    protected abstract IConstant NewConstant<T>(int id, string name);
}
