namespace EsockdNetty.Accepting.Bans;

/// <summary>Bans by the time they end, the first to end at the top; any of them can be taken out. A binary heap. Not for several threads.</summary>
internal sealed class ExpiryHeap
{
    private readonly List<BanEntry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>The first to end; null when there is none.</summary>
    public BanEntry? First => _entries.Count > 0 ? _entries[0] : null;

    public void Add(BanEntry entry)
    {
        _entries.Add(entry);
        Rise(entry, _entries.Count - 1);
    }

    public void Remove(BanEntry entry)
    {
        BanEntry last = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
        if (last != entry)
        {
            Rise(last, entry.Position);
            Sink(last, last.Position);
        }
    }

    private void Rise(BanEntry entry, int position)
    {
        while (position > 0 && _entries[(position - 1) / 2] is var parent && parent.Expiry > entry.Expiry)
        {
            Place(parent, position);
            position = (position - 1) / 2;
        }

        Place(entry, position);
    }

    private void Sink(BanEntry entry, int position)
    {
        while (EarlierChild(position) is var child && child < _entries.Count && _entries[child].Expiry < entry.Expiry)
        {
            Place(_entries[child], position);
            position = child;
        }

        Place(entry, position);
    }

    private int EarlierChild(int position)
    {
        int left = (2 * position) + 1;
        return left + 1 < _entries.Count && _entries[left + 1].Expiry < _entries[left].Expiry ? left + 1 : left;
    }

    private void Place(BanEntry entry, int position)
    {
        _entries[position] = entry;
        entry.Position = position;
    }
}
