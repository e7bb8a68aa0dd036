namespace EsockdNetty.Codecs;

/// <summary>Counts messages where they pass: a few additions each, on one loop. May be read by any thread, its numbers one after the other.</summary>
internal struct MessageTally
{
    private long _count;
    private long _octets;
    private double _squares;
    private int _max;

    public void Add(int length)
    {
        _count++;
        _octets += length;
        _squares += (double)length * length;
        if (length > _max) _max = length;
    }

    public readonly MessageCounts Snapshot()
    {
        long count = Volatile.Read(in _count);
        if (count == 0) return default;

        double mean = (double)_octets / count;

        // Never below zero but by rounding, or by a message that was counted between two of the reads.
        double variance = Math.Max(0, (_squares / count) - (mean * mean));
        return new MessageCounts(count, _octets, _max, mean, Math.Sqrt(variance));
    }
}
