#nullable disable
using DotNetty.Common.Internal;

namespace DotNetty.Common.Utilities;

public static partial class StringUtil
{
    private const string HexDigits = "0123456789abcdef";

    /// <summary>Two lower-case digits of the low eight bits.</summary>
    public static string ByteToHexStringPadded(int value) => ToHexStringPadded([(byte)value]);

    /// <summary>Appends two lower-case digits of the low eight bits.</summary>
    public static T ByteToHexStringPadded<T>(T buf, int value)
        where T : IAppendable
    {
        Append(buf, HexDigits[value >> 4 & 0xF]);
        return Append(buf, HexDigits[value & 0xF]);
    }

    /// <summary>Two lower-case digits a byte.</summary>
    public static string ToHexStringPadded(byte[] src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return Convert.ToHexStringLower(src);
    }

    /// <summary>Two lower-case digits a byte.</summary>
    public static string ToHexStringPadded(byte[] src, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        return Convert.ToHexStringLower(src, offset, length);
    }

    public static T ToHexStringPadded<T>(T dst, byte[] src)
        where T : IAppendable
    {
        ArgumentNullException.ThrowIfNull(src);
        return ToHexStringPadded(dst, src, 0, src.Length);
    }

    public static T ToHexStringPadded<T>(T dst, byte[] src, int offset, int length)
        where T : IAppendable
    {
        ArgumentNullException.ThrowIfNull(src);
        foreach (var value in src.AsSpan(offset, length))
            ByteToHexStringPadded(dst, value);
        return dst;
    }

    /// <summary>One digit below 16, else two.</summary>
    public static string ByteToHexString(byte value) => WithoutLeadingZeros(ByteToHexStringPadded(value));

    /// <summary>Appends one digit below 16, else two.</summary>
    public static T ByteToHexString<T>(T buf, byte value)
        where T : IAppendable =>
        value < 16 ? Append(buf, HexDigits[value]) : ByteToHexStringPadded(buf, value);

    /// <summary>The bytes as one hexadecimal number: no leading zeros.</summary>
    public static string ToHexString(byte[] src)
    {
        ArgumentNullException.ThrowIfNull(src);
        return ToHexString(src, 0, src.Length);
    }

    /// <summary>The bytes as one hexadecimal number: no leading zeros.</summary>
    public static string ToHexString(byte[] src, int offset, int length) => WithoutLeadingZeros(ToHexStringPadded(src, offset, length));

    public static T ToHexString<T>(T dst, byte[] src)
        where T : IAppendable
    {
        ArgumentNullException.ThrowIfNull(src);
        return ToHexString(dst, src, 0, src.Length);
    }

    public static T ToHexString<T>(T dst, byte[] src, int offset, int length)
        where T : IAppendable
    {
        foreach (var digit in ToHexString(src, offset, length))
            Append(dst, digit);
        return dst;
    }

    /// <summary>The value of a hexadecimal digit, or −1.</summary>
    public static int DecodeHexNibble(char c) => char.IsAsciiHexDigit(c) ? CharUtil.Digit(c, 16) : -1;

    /// <summary>The byte of the two digits at <paramref name="pos"/>.</summary>
    /// <exception cref="ArgumentException">Not two hexadecimal digits.</exception>
    public static byte DecodeHexByte(string s, int pos)
    {
        ArgumentNullException.ThrowIfNull(s);
        ArgumentOutOfRangeException.ThrowIfNegative(pos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pos, s.Length - 2);
        var high = DecodeHexNibble(s[pos]);
        var low = DecodeHexNibble(s[pos + 1]);
        if (high < 0 || low < 0)
            throw new ArgumentException($"Not a hexadecimal byte at {pos}: \"{s.Substring(pos, 2)}\".", nameof(s));
        return (byte)(high << 4 | low);
    }

    /// <summary>The bytes of an even number of hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">An odd number of digits, or another character.</exception>
    public static byte[] DecodeHexDump(string hexDump)
    {
        ArgumentNullException.ThrowIfNull(hexDump);
        return DecodeHexDump(hexDump, 0, hexDump.Length);
    }

    /// <summary>The bytes of <paramref name="length"/> hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">An odd number of digits, or another character.</exception>
    public static byte[] DecodeHexDump(string hexDump, int fromIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(hexDump);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length % 2 != 0)
            throw new ArgumentException($"An odd number of hexadecimal digits: {length}.", nameof(length));

        var bytes = new byte[length / 2];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = DecodeHexByte(hexDump, fromIndex + 2 * i);
        return bytes;
    }

    private static string WithoutLeadingZeros(string digits)
    {
        var trimmed = digits.TrimStart('0');
        return trimmed.Length == 0 && digits.Length > 0 ? "0" : trimmed;
    }

    private static T Append<T>(T target, char c)
        where T : IAppendable
    {
        target.Append(c);
        return target;
    }
}
