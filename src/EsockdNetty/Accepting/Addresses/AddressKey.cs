using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// The 16 bytes of an address in network order, IPv4 as its mapped form, so that all addresses lie in one space and no IPv6 address in
/// IPv4's part of it.
/// </summary>
internal readonly record struct AddressKey(ulong High, ulong Low)
{
    /// <summary>How long the prefix is that all mapped IPv4 addresses share.</summary>
    public const int IPv4Prefix = 96;

    /// <summary>The length of a whole address.</summary>
    public const int Bits = 128;

    /// <summary>The length of an IPv6 address.</summary>
    public const int Bytes = 16;

    private const int HalfBits = 64;

    /// <summary>True in IPv4's part.</summary>
    public bool IsIPv4 => High == 0 && Low >> 32 == 0xFFFF;

    public static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        address.TryWriteBytes(bytes, out int written);
        return Of(bytes[..written]);
    }

    /// <summary>The key of the 4 bytes of an IPv4 address, or the 16 of an IPv6 one.</summary>
    public static AddressKey Of(ReadOnlySpan<byte> address) => address.Length == Bytes
        ? new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[sizeof(ulong)..]))
        : new AddressKey(0, 0xFFFF_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(address));

    /// <summary>The first <paramref name="length"/> of the 128 bits; the rest is zero.</summary>
    public AddressKey Prefix(int length) => length <= HalfBits
        ? new AddressKey(High & Mask(length), 0)
        : new AddressKey(High, Low & Mask(length - HalfBits));

    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Low);
        return new IPAddress(IsIPv4 ? bytes[^4..] : bytes);
    }

    /// <summary>
    /// The keyed hash of strings over all 16 bytes: who chooses his addresses must not be able to choose those that collide, and the hash of a
    /// number folds its halves without a key.
    /// </summary>
    public override int GetHashCode()
    {
        ReadOnlySpan<ulong> halves = [High, Low];
        return string.GetHashCode(MemoryMarshal.Cast<ulong, char>(halves));
    }

    // A shift by 64 would be one by 0.
    private static ulong Mask(int length) => length == 0 ? 0 : ulong.MaxValue << (HalfBits - length);
}
