namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// The lengths that occur among many blocks: looked up once for each, an address finds its blocks in a time that depends on their lengths, not on
/// their number. Not for several threads.
/// </summary>
internal sealed class PrefixLengths
{
    private readonly int[] _blocks = new int[AddressKey.Bits + 1];
    private byte[] _present = [];

    /// <summary>Each length that occurs, once.</summary>
    public ReadOnlySpan<byte> Present => _present;

    public void Add(byte length)
    {
        if (_blocks[length]++ == 0)
        {
            _present = [.. _present, length];
        }
    }

    public void Remove(byte length)
    {
        if (--_blocks[length] == 0)
        {
            _present = [.. _present.Where(present => present != length)];
        }
    }
}
