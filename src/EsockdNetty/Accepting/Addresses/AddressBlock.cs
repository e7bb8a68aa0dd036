using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Accepting.Addresses;

/// <summary>All addresses with one prefix: a CIDR block. Host bits are zero. No block holds addresses of both families.</summary>
internal readonly record struct AddressBlock
{
    internal const string Accepted = "an address or a block like 10.0.0.0/8 or 2001:db8::/32";

    /// <summary>The block of the first <paramref name="length"/> of the 128 bits of <paramref name="address"/>.</summary>
    public AddressBlock(AddressKey address, int length)
    {
        Prefix = address.Prefix(length);
        Length = (byte)length;
    }

    public AddressKey Prefix { get; }

    /// <summary>How many of the 128 bits are the prefix; an IPv4 block's length and 96.</summary>
    public byte Length { get; }

    public static AddressBlock Of(IPNetwork network)
    {
        int offset = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? AddressKey.IPv4Prefix : 0;
        return new AddressBlock(AddressKey.Of(network.BaseAddress), network.PrefixLength + offset);
    }

    /// <summary>
    /// Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or a single address. Stricter than the system, which takes 010.0.0.1 for 8.0.0.1 and 10 for
    /// 0.0.0.10: a rule must mean what it looks like.
    /// </summary>
    public static bool TryParse(string text, out AddressBlock block)
    {
        block = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!TryParseAddress(slash < 0 ? text : text[..slash], out AddressKey address, out int bits))
        {
            return false;
        }

        int length = bits;
        if (slash >= 0 && !TryParseLength(text.AsSpan(slash + 1), bits, out length))
        {
            return false;
        }

        // A part of the mapped addresses and more is a slip: it would match no client.
        length += AddressKey.Bits - bits;
        if (address.IsIPv4 && length < AddressKey.IPv4Prefix)
        {
            return false;
        }

        block = new AddressBlock(address, length);
        return true;
    }

    public bool Contains(AddressKey address) => address.Prefix(Length) == Prefix && address.IsIPv4 == Prefix.IsIPv4;

    public IPNetwork ToNetwork() => new(Prefix.ToAddress(), Prefix.IsIPv4 ? Length - AddressKey.IPv4Prefix : Length);

    public override string ToString() => Length == AddressKey.Bits ? Prefix.ToAddress().ToString() : ToNetwork().ToString();

    public override int GetHashCode() => HashCode.Combine(Prefix, Length);

    private static bool TryParseAddress(string text, out AddressKey key, out int bits)
    {
        key = default;
        bits = 0;
        bool plain = !text.AsSpan().ContainsAny('%', '[', ']');
        if (!plain || !IPAddress.TryParse(text, out IPAddress? address))
        {
            return false;
        }

        bool isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
        key = AddressKey.Of(address);
        bits = isIPv4 ? AddressKey.Bits - AddressKey.IPv4Prefix : AddressKey.Bits;
        return !isIPv4 || address.ToString() == text;
    }

    private static bool TryParseLength(ReadOnlySpan<char> text, int most, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= most;
}
