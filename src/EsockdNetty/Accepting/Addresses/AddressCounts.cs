namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// Counts by address, exactly. An address whose count is zero is not kept, and the table shrinks with what it keeps. Any thread.
/// </summary>
internal sealed class AddressCounts
{
    // A smaller table is not worth another.
    private const int LeastCapacity = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressKey, int> _counts = [];

    public int CountOf(AddressKey address)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(address);
        }
    }

    /// <summary>Counts one more of an address, unless it has <paramref name="most"/>.</summary>
    public bool TryTake(AddressKey address, int most)
    {
        lock (_gate)
        {
            int count = _counts.GetValueOrDefault(address);
            if (count >= most)
            {
                return false;
            }

            _counts[address] = count + 1;
            return true;
        }
    }

    /// <summary>Counts one less.</summary>
    public void Release(AddressKey address)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue(address, out int count))
            {
                throw new InvalidOperationException("An address gave back a permit that it had not taken.");
            }

            if (count > 1)
            {
                _counts[address] = count - 1;
                return;
            }

            _counts.Remove(address);
            ShrinkIfLarge();
        }
    }

    // Down to half full at a quarter full: the work is paid by the removals before it.
    private void ShrinkIfLarge()
    {
        if (_counts.Capacity > LeastCapacity && _counts.Count < _counts.Capacity / 4)
        {
            _counts.TrimExcess(_counts.Count * 2);
        }
    }
}
