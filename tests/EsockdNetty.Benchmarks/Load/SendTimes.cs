namespace EsockdNetty.Benchmarks.Load;

/// <summary>When the messages under way were sent, oldest first: those that left together are one entry.</summary>
/// <param name="most">Messages that are under way at the same time, at most.</param>
internal sealed class SendTimes(int most)
{
    private readonly (long Time, int Count)[] _entries = new (long, int)[most];
    private int _first;
    private int _used;

    public void Add(long time, int count)
    {
        if (count == 0)
            return;

        _entries[After(_first, _used)] = (time, count);
        _used++;
    }

    /// <summary>Takes up to that many of the oldest that were sent together.</summary>
    public (long Time, int Count) Take(int most)
    {
        ref (long Time, int Count) oldest = ref _entries[_first];
        (long Time, int Count) taken = (oldest.Time, Math.Min(oldest.Count, most));
        oldest.Count -= taken.Count;
        if (oldest.Count == 0)
        {
            _first = After(_first, 1);
            _used--;
        }

        return taken;
    }

    private int After(int index, int steps) => index + steps < _entries.Length ? index + steps : index + steps - _entries.Length;
}
