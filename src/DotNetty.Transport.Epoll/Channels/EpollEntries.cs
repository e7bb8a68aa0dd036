namespace DotNetty.Transport.Epoll;

/// <summary>
/// The entries of a loop by slot. An event carries slot and generation, so that one that was told before its descriptor was closed never
/// reaches the descriptor's next owner.
/// </summary>
internal sealed class EpollEntries
{
    private EpollEntry?[] _entries = new EpollEntry?[64];
    private uint[] _generations = new uint[64];
    private int[] _free = new int[64];
    private int _freeCount;
    private int _used;

    public void Add(EpollEntry entry)
    {
        if (_freeCount == 0 && _used == _entries.Length)
        {
            Grow();
        }

        int slot = _freeCount > 0 ? _free[--_freeCount] : _used++;
        _entries[slot] = entry;
        entry.Slot = slot;
    }

    public void Remove(EpollEntry entry)
    {
        int slot = entry.Slot;
        if (slot < 0)
        {
            return;
        }

        _entries[slot] = null;
        _generations[slot]++;
        _free[_freeCount++] = slot;
        entry.Slot = -1;
    }

    /// <summary>What an event of this entry brings back.</summary>
    public ulong TokenOf(EpollEntry entry) => ((ulong)_generations[entry.Slot] << 32) | (uint)entry.Slot;

    /// <summary>The entry that a token was made for; null when it has gone.</summary>
    public EpollEntry? Find(ulong token)
    {
        int slot = (int)(uint)token;
        return slot < _entries.Length && _generations[slot] == (uint)(token >> 32) ? _entries[slot] : null;
    }

    private void Grow()
    {
        int length = _entries.Length * 2;
        Array.Resize(ref _entries, length);
        Array.Resize(ref _generations, length);
        Array.Resize(ref _free, length);
    }
}
