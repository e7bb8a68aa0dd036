#nullable disable
namespace DotNetty.Codecs;

/// <summary>
/// Names with one or more values each, in the order they were added. Members that take or give another type convert with an
/// <see cref="IValueConverter{T}"/>; a value that is none of the type asked for is as if it were not there.
/// </summary>
public partial interface IHeaders<TKey, TValue> : IEnumerable<HeaderEntry<TKey, TValue>>
    where TKey : class
{
    /// <summary>How many values there are, under all names.</summary>
    int Size { get; }

    bool IsEmpty { get; }

    /// <summary>The first value of that name.</summary>
    bool TryGet(TKey name, out TValue value);

    TValue Get(TKey name, TValue defaultValue);

    /// <summary>The first value of that name; all its values are removed.</summary>
    bool TryGetAndRemove(TKey name, out TValue value);

    TValue GetAndRemove(TKey name, TValue defaultValue);

    /// <summary>The values of that name, in the order they were added: a copy, empty when there are none.</summary>
    IList<TValue> GetAll(TKey name);

    IList<TValue> GetAllAndRemove(TKey name);

    bool Contains(TKey name);

    bool Contains(TKey name, TValue value);

    bool ContainsObject(TKey name, object value);

    /// <summary>The names, each once: a copy.</summary>
    ISet<TKey> Names();

    /// <summary>Adds a value to those that the name has.</summary>
    IHeaders<TKey, TValue> Add(TKey name, TValue value);

    IHeaders<TKey, TValue> Add(TKey name, IEnumerable<TValue> values);

    IHeaders<TKey, TValue> AddObject(TKey name, object value);

    IHeaders<TKey, TValue> AddObject(TKey name, IEnumerable<object> values);

    /// <summary>Adds all values of other headers.</summary>
    IHeaders<TKey, TValue> Add(IHeaders<TKey, TValue> headers);

    /// <summary>Puts a value in the place of those that the name has.</summary>
    IHeaders<TKey, TValue> Set(TKey name, TValue value);

    IHeaders<TKey, TValue> Set(TKey name, IEnumerable<TValue> values);

    IHeaders<TKey, TValue> SetObject(TKey name, object value);

    IHeaders<TKey, TValue> SetObject(TKey name, IEnumerable<object> values);

    /// <summary>Puts other headers in the place of all these.</summary>
    IHeaders<TKey, TValue> Set(IHeaders<TKey, TValue> headers);

    /// <summary>Puts other headers in the place of those that have the same names.</summary>
    IHeaders<TKey, TValue> SetAll(IHeaders<TKey, TValue> headers);

    /// <summary>Removes all values of that name.</summary>
    /// <returns>Whether there were any.</returns>
    bool Remove(TKey name);

    IHeaders<TKey, TValue> Clear();
}
