#nullable disable
using System.Collections;
using System.Numerics;
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>
/// Headers in a hash table that grows with them and remembers their order. Adding costs the same whatever the names are, and where a name falls
/// in the table is drawn anew in each process, so names cannot be chosen to make it slow. Not thread safe.
/// </summary>
public partial class DefaultHeaders<TKey, TValue> : IHeaders<TKey, TValue>
    where TKey : class
{
    /// <summary>Turns values of other types into <typeparamref name="TValue"/> and back.</summary>
    protected readonly IValueConverter<TValue> ValueConverter;

    private const int DefaultSizeHint = 16;
    private const int LargestSizeHint = 128;

    // Odd, so that no two hashes become one by it.
    private static readonly uint Spread = (uint)Random.Shared.NextInt64() | 1;

    // Character sequences are equal by what they say, of whatever kind they are.
    private static readonly IHashingStrategy<TKey> NamesByContent =
        AsciiString.CaseSensitiveHasher as IHashingStrategy<TKey> ?? new DefaultHashingStrategy<TKey>();

    private static readonly IHashingStrategy<TValue> ValuesByContent =
        AsciiString.CaseSensitiveHasher as IHashingStrategy<TValue> ?? new DefaultHashingStrategy<TValue>();

    private readonly IHashingStrategy<TKey> _hashing;
    private readonly INameValidator<TKey> _validator;
    private HeaderEntry<TKey, TValue>[] _buckets;
    private HeaderEntry<TKey, TValue> _first;
    private HeaderEntry<TKey, TValue> _last;

    public DefaultHeaders(IValueConverter<TValue> valueConverter)
        : this(valueConverter, NullNameValidator<TKey>.Instance)
    {
    }

    public DefaultHeaders(IValueConverter<TValue> valueConverter, INameValidator<TKey> nameValidator)
        : this(NamesByContent, valueConverter, nameValidator)
    {
    }

    public DefaultHeaders(IHashingStrategy<TKey> nameHashingStrategy, IValueConverter<TValue> valueConverter, INameValidator<TKey> nameValidator)
        : this(nameHashingStrategy, valueConverter, nameValidator, DefaultSizeHint)
    {
    }

    /// <param name="nameHashingStrategy">Which names are the same. Default: those equal by content.</param>
    /// <param name="valueConverter">Turns values of other types into <typeparamref name="TValue"/> and back.</param>
    /// <param name="nameValidator">Which names are allowed. Default: all.</param>
    /// <param name="arraySizeHint">About how many headers there will be; 2 to 128 are taken at their word. Default: 16.</param>
    public DefaultHeaders(IHashingStrategy<TKey> nameHashingStrategy, IValueConverter<TValue> valueConverter, INameValidator<TKey> nameValidator, int arraySizeHint)
    {
        ArgumentNullException.ThrowIfNull(nameHashingStrategy);
        ArgumentNullException.ThrowIfNull(valueConverter);
        ArgumentNullException.ThrowIfNull(nameValidator);
        _hashing = nameHashingStrategy;
        _validator = nameValidator;
        ValueConverter = valueConverter;
        _buckets = new HeaderEntry<TKey, TValue>[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(arraySizeHint, 2, LargestSizeHint))];
    }

    public int Size { get; private set; }

    public bool IsEmpty => Size == 0;

    public bool TryGet(TKey name, out TValue value)
    {
        int hash = _hashing.HashCode(name);
        HeaderEntry<TKey, TValue> oldest = null;
        for (HeaderEntry<TKey, TValue> entry = Newest(name, hash); entry is not null; entry = Same(entry.Next, name, hash))
        {
            oldest = entry;
        }

        value = oldest is null ? default : oldest.Value;
        return oldest is not null;
    }

    public TValue Get(TKey name, TValue defaultValue) => TryGet(name, out TValue value) ? value : defaultValue;

    public virtual IList<TValue> GetAll(TKey name)
    {
        int hash = _hashing.HashCode(name);
        List<TValue> values = [];
        for (HeaderEntry<TKey, TValue> entry = Newest(name, hash); entry is not null; entry = Same(entry.Next, name, hash))
        {
            values.Add(entry.Value);
        }

        values.Reverse();
        return values;
    }

    /// <summary>The values of that name, in the order they were added.</summary>
    public virtual IEnumerable<TValue> ValueIterator(TKey name) => GetAll(name);

    public bool Contains(TKey name) => Newest(name, _hashing.HashCode(name)) is not null;

    public bool Contains(TKey name, TValue value) => Contains(name, value, ValuesByContent);

    /// <summary>Whether one of the name's values is the same by <paramref name="valueHashingStrategy"/>.</summary>
    public bool Contains(TKey name, TValue value, IHashingStrategy<TValue> valueHashingStrategy)
    {
        ArgumentNullException.ThrowIfNull(valueHashingStrategy);
        int hash = _hashing.HashCode(name);
        for (HeaderEntry<TKey, TValue> entry = Newest(name, hash); entry is not null; entry = Same(entry.Next, name, hash))
        {
            if (valueHashingStrategy.Equals(value, entry.Value))
            {
                return true;
            }
        }

        return false;
    }

    public bool ContainsObject(TKey name, object value) => Contains(name, ValueConverter.ConvertObject(value));

    public ISet<TKey> Names()
    {
        HashSet<TKey> names = new(_hashing);
        for (HeaderEntry<TKey, TValue> entry = _first; entry is not null; entry = entry.After)
        {
            names.Add(entry.Key);
        }

        return names;
    }

    public IEnumerator<HeaderEntry<TKey, TValue>> GetEnumerator()
    {
        for (HeaderEntry<TKey, TValue> entry = _first; entry is not null; entry = entry.After)
        {
            yield return entry;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same headers once more. Changing one does not change the other.</summary>
    public DefaultHeaders<TKey, TValue> Copy()
    {
        var copy = new DefaultHeaders<TKey, TValue>(_hashing, ValueConverter, _validator, Size);
        copy.AddImpl(this);
        return copy;
    }

    public override bool Equals(object obj) => obj is IHeaders<TKey, TValue> other && Equals(other, ValuesByContent);

    /// <summary>Whether both have the same names, and each the same values in the same order.</summary>
    public bool Equals(IHeaders<TKey, TValue> h2, IHashingStrategy<TValue> valueHashingStrategy)
    {
        ArgumentNullException.ThrowIfNull(valueHashingStrategy);
        if (ReferenceEquals(this, h2))
        {
            return true;
        }

        return h2 is not null && h2.Size == Size && Names().All(name => GetAll(name).SequenceEqual(h2.GetAll(name), valueHashingStrategy));
    }

    public override int GetHashCode() => HashCode(ValuesByContent);

    /// <summary>A hash that is the same for headers that are equal by <paramref name="valueHashingStrategy"/>.</summary>
    public int HashCode(IHashingStrategy<TValue> valueHashingStrategy)
    {
        ArgumentNullException.ThrowIfNull(valueHashingStrategy);
        int sum = 0;
        foreach (TKey name in Names())
        {
            // Names in another order are equal.
            sum += GetAll(name).Aggregate(_hashing.HashCode(name), (hash, value) => System.HashCode.Combine(hash, valueHashingStrategy.HashCode(value)));
        }

        return sum;
    }

    public override string ToString() => GetType().Name + HeadersUtils.ToString(this, Size);

    private HeaderEntry<TKey, TValue> Newest(TKey name, int hash) => Same(_buckets[BucketOf(hash)], name, hash);

    /// <summary>The first one of a bucket's chain, from <paramref name="entry"/> on, that has that name.</summary>
    private HeaderEntry<TKey, TValue> Same(HeaderEntry<TKey, TValue> entry, TKey name, int hash)
    {
        while (entry is not null && !IsNamed(entry, name, hash))
        {
            entry = entry.Next;
        }

        return entry;
    }

    private bool IsNamed(HeaderEntry<TKey, TValue> entry, TKey name, int hash) => entry.Hash == hash && _hashing.Equals(name, entry.Key);

    private int BucketOf(int hash) => (int)(((uint)hash * Spread) >>> (32 - BitOperations.Log2((uint)_buckets.Length)));
}
