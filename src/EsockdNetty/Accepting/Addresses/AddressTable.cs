namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// What is remembered of addresses for a while, in memory that is fixed: each has its place in one of many small sets, and in a full set the
/// entry that counts least makes room. It holds 65,536 addresses with hardly a loss (sets of 16, half full then). Not for several threads.
/// </summary>
internal sealed class AddressTable
{
    private const int Ways = 16;
    private const int Sets = 8192;

    private readonly Entry[] _entries = new Entry[Sets * Ways];

    /// <summary>The entry of an address: its own while it holds, else an empty one in the place of the entry in its set that counts least.</summary>
    public ref Entry Of(AddressKey address, long now)
    {
        Span<Entry> set = SetOf(address);
        ref Entry least = ref set[0];
        for (int i = 0; i < Ways; i++)
        {
            ref Entry entry = ref set[i];
            if (entry.Until > now && entry.Address == address)
            {
                return ref entry;
            }

            if (CountsLess(entry, least, now))
            {
                least = ref entry;
            }
        }

        least = new Entry { Address = address };
        return ref least;
    }

    private static bool CountsLess(in Entry one, in Entry other, long now)
    {
        if (one.Until <= now || other.Until <= now)
        {
            return other.Until > now;
        }

        return one.Count != other.Count ? one.Count < other.Count : one.Until < other.Until;
    }

    private Span<Entry> SetOf(AddressKey address) => _entries.AsSpan((address.GetHashCode() & (Sets - 1)) * Ways, Ways);

    /// <summary>One address; empty when its time is over.</summary>
    public struct Entry
    {
        public AddressKey Address;

        /// <summary>The entry holds until then.</summary>
        public long Until;

        /// <summary>What it has gathered.</summary>
        public int Count;
    }
}
