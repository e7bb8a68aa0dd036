#nullable disable
namespace DotNetty.Codecs;

/// <summary>One name with one value.</summary>
public sealed class HeaderEntry<TKey, TValue>
    where TKey : class
{
    public HeaderEntry(int hash, TKey key)
    {
        Hash = hash;
        Key = key;
    }

    internal HeaderEntry(int hash, TKey key, TValue value, HeaderEntry<TKey, TValue> next)
        : this(hash, key)
    {
        Value = value;
        Next = next;
    }

    public TKey Key { get; }

    public TValue Value { get; private set; }

    internal int Hash { get; }

    /// <summary>The next one of those that share a bucket: older ones.</summary>
    internal HeaderEntry<TKey, TValue> Next { get; set; }

    /// <summary>The one added before this.</summary>
    internal HeaderEntry<TKey, TValue> Before { get; set; }

    /// <summary>The one added after this.</summary>
    internal HeaderEntry<TKey, TValue> After { get; set; }

    /// <summary>Changes the value, in the headers too.</summary>
    /// <returns>The value it had.</returns>
    public TValue SetValue(TValue newValue)
    {
        if (newValue is null)
        {
            throw new ArgumentNullException(nameof(newValue));
        }

        TValue old = Value;
        Value = newValue;
        return old;
    }

    public override bool Equals(object obj) =>
        obj is HeaderEntry<TKey, TValue> other
        && EqualityComparer<TKey>.Default.Equals(Key, other.Key)
        && EqualityComparer<TValue>.Default.Equals(Value, other.Value);

    public override int GetHashCode() => HashCode.Combine(Key, Value);

    public override string ToString() => $"{Key}={Value}";
}
