namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// A token bucket for each address, kept as one time (GCRA): when the bucket is full again. Addresses whose bucket is full are forgotten; where
/// too many are remembered, the fullest bucket goes first. Any thread.
/// </summary>
internal sealed class AddressRateLimit(AddressRate rate)
{
    private readonly Lock _gate = new();
    private readonly AddressTable _table = new();

    // Rounded up, so that no period ever sees one more; at least one tick (100 ns).
    private readonly long _interval = ((rate.Period.Ticks - 1) / rate.Connections) + 1;

    public AddressRate Rate => rate;

    /// <summary>Takes a token.</summary>
    /// <param name="address">The client.</param>
    /// <param name="now">Ticks of a monotonic clock, never negative.</param>
    public bool TryTake(AddressKey address, long now)
    {
        lock (_gate)
        {
            ref AddressTable.Entry entry = ref _table.Of(address, now);
            long full = Math.Max(entry.Until, now) + _interval;
            if (full - now > _interval * rate.Connections)
            {
                return false;
            }

            entry.Until = full;
            return true;
        }
    }
}
