#nullable disable
namespace DotNetty.Codecs;

/// <content>Adding, setting and removing.</content>
public partial class DefaultHeaders<TKey, TValue>
{
    public virtual IHeaders<TKey, TValue> Add(TKey name, TValue value)
    {
        _validator.ValidateName(name);
        CheckValue(value);
        Append(_hashing.HashCode(name), name, value);
        return this;
    }

    public virtual IHeaders<TKey, TValue> Add(TKey name, IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (TValue value in values)
        {
            Add(name, value);
        }

        return this;
    }

    public virtual IHeaders<TKey, TValue> AddObject(TKey name, object value) => Add(name, ValueConverter.ConvertObject(value));

    public virtual IHeaders<TKey, TValue> AddObject(TKey name, IEnumerable<object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (object value in values)
        {
            AddObject(name, value);
        }

        return this;
    }

    public virtual IHeaders<TKey, TValue> AddObject(TKey name, params object[] values) => AddObject(name, (IEnumerable<object>)values);

    public virtual IHeaders<TKey, TValue> Add(IHeaders<TKey, TValue> headers)
    {
        if (ReferenceEquals(headers, this))
        {
            throw new ArgumentException("Headers cannot be added to themselves.", nameof(headers));
        }

        AddImpl(headers);
        return this;
    }

    public IHeaders<TKey, TValue> Set(TKey name, TValue value)
    {
        _validator.ValidateName(name);
        CheckValue(value);
        int hash = _hashing.HashCode(name);
        TakeOut(hash, name, null);
        Append(hash, name, value);
        return this;
    }

    public virtual IHeaders<TKey, TValue> Set(TKey name, IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _validator.ValidateName(name);

        // The new ones may come from the old ones.
        List<TValue> all = [.. values];
        Remove(name);
        return Add(name, all);
    }

    public virtual IHeaders<TKey, TValue> SetObject(TKey name, object value) => Set(name, ValueConverter.ConvertObject(value));

    public virtual IHeaders<TKey, TValue> SetObject(TKey name, IEnumerable<object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Set(name, values.Select(ValueConverter.ConvertObject));
    }

    public virtual IHeaders<TKey, TValue> Set(IHeaders<TKey, TValue> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (!ReferenceEquals(headers, this))
        {
            Clear();
            AddImpl(headers);
        }

        return this;
    }

    public virtual IHeaders<TKey, TValue> SetAll(IHeaders<TKey, TValue> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (!ReferenceEquals(headers, this))
        {
            foreach (TKey name in headers.Names())
            {
                Remove(name);
            }

            AddImpl(headers);
        }

        return this;
    }

    public bool Remove(TKey name) => TakeOut(_hashing.HashCode(name), name, null) is not null;

    public bool TryGetAndRemove(TKey name, out TValue value)
    {
        HeaderEntry<TKey, TValue> oldest = TakeOut(_hashing.HashCode(name), name, null);
        value = oldest is null ? default : oldest.Value;
        return oldest is not null;
    }

    public TValue GetAndRemove(TKey name, TValue defaultValue) => TryGetAndRemove(name, out TValue value) ? value : defaultValue;

    public IList<TValue> GetAllAndRemove(TKey name)
    {
        List<TValue> values = [];
        TakeOut(_hashing.HashCode(name), name, values);
        values.Reverse();
        return values;
    }

    public IHeaders<TKey, TValue> Clear()
    {
        Array.Clear(_buckets);
        _first = _last = null;
        Size = 0;
        return this;
    }

    /// <summary>Adds all values of other headers.</summary>
    protected void AddImpl(IHeaders<TKey, TValue> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        bool sameRules = headers is DefaultHeaders<TKey, TValue> ours && ReferenceEquals(ours._hashing, _hashing) && ReferenceEquals(ours._validator, _validator);
        foreach (HeaderEntry<TKey, TValue> entry in headers)
        {
            if (sameRules)
            {
                Append(entry.Hash, entry.Key, entry.Value);
            }
            else
            {
                Add(entry.Key, entry.Value);
            }
        }
    }

    /// <summary>Makes an entry that comes before <paramref name="next"/> in its bucket, and after all others in order.</summary>
    protected HeaderEntry<TKey, TValue> NewHeaderEntry(int h, TKey name, TValue value, HeaderEntry<TKey, TValue> next)
    {
        HeaderEntry<TKey, TValue> entry = new(h, name, value, next) { Before = _last };
        if (_last is null)
        {
            _first = entry;
        }
        else
        {
            _last.After = entry;
        }

        return _last = entry;
    }

    private static void CheckValue(TValue value)
    {
        if (value is null)
        {
            throw new ArgumentNullException(nameof(value));
        }
    }

    // Whether the name is there already is not asked: many that share a bucket cost no more than others.
    private void Append(int hash, TKey name, TValue value)
    {
        if (Size == _buckets.Length)
        {
            Grow();
        }

        int bucket = BucketOf(hash);
        _buckets[bucket] = NewHeaderEntry(hash, name, value, _buckets[bucket]);
        Size++;
    }

    private void Grow()
    {
        _buckets = new HeaderEntry<TKey, TValue>[_buckets.Length * 2];
        for (HeaderEntry<TKey, TValue> entry = _first; entry is not null; entry = entry.After)
        {
            int bucket = BucketOf(entry.Hash);
            entry.Next = _buckets[bucket];
            _buckets[bucket] = entry;
        }
    }

    /// <summary>Removes all entries of that name, and adds their values to <paramref name="values"/>, the newest first.</summary>
    /// <returns>The oldest one, or null when there was none.</returns>
    private HeaderEntry<TKey, TValue> TakeOut(int hash, TKey name, List<TValue> values)
    {
        HeaderEntry<TKey, TValue> oldest = null;
        HeaderEntry<TKey, TValue> newer = null;
        int bucket = BucketOf(hash);
        for (HeaderEntry<TKey, TValue> entry = _buckets[bucket]; entry is not null; entry = entry.Next)
        {
            if (!IsNamed(entry, name, hash))
            {
                newer = entry;
                continue;
            }

            if (newer is null)
            {
                _buckets[bucket] = entry.Next;
            }
            else
            {
                newer.Next = entry.Next;
            }

            Unlink(entry);
            values?.Add(entry.Value);
            oldest = entry;
        }

        return oldest;
    }

    private void Unlink(HeaderEntry<TKey, TValue> entry)
    {
        // It keeps its own links: who stands on it can still go on.
        if (entry.Before is null)
        {
            _first = entry.After;
        }
        else
        {
            entry.Before.After = entry.After;
        }

        if (entry.After is null)
        {
            _last = entry.Before;
        }
        else
        {
            entry.After.Before = entry.Before;
        }

        Size--;
    }
}
