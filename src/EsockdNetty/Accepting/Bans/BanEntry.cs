using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Accepting.Bans;

/// <summary>One ban, and where it stands in the <see cref="ExpiryHeap"/>.</summary>
internal sealed class BanEntry(AddressBlock block, long expiry, string reason)
{
    public AddressBlock Block => block;

    public long Expiry => expiry;

    public string Reason => reason;

    public int Position { get; set; }
}
