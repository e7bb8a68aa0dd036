#nullable disable
using System.Globalization;

namespace DotNetty.Common.Utilities;

/// <summary>Single characters and runs of them.</summary>
public static partial class CharUtil
{
    /// <summary>The digits up to <see cref="MaxRadix"/>, in the order of their value.</summary>
    public static readonly string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static readonly int MinRadix = 2;
    public static readonly int MaxRadix = 36;

    /// <summary>The index of the last character of the ascending <paramref name="data"/> that is not above <paramref name="c"/>, or −1.</summary>
    public static int BinarySearchRange(string data, char c)
    {
        ArgumentNullException.ThrowIfNull(data);
        var low = 0;
        var high = data.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (data[middle] <= c)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    public static bool IsISOControl(int c) => c is >= 0 and <= 0x1F or >= 0x7F and <= 0x9F;

    /// <summary>The character at <paramref name="index"/>, together with the one after it if they are a surrogate pair.</summary>
    public static int CodePointAt(IReadOnlyList<char> seq, int index)
    {
        ArgumentNullException.ThrowIfNull(seq);
        var high = seq[index];
        if (!char.IsHighSurrogate(high) || index + 1 >= seq.Count)
            return high;

        var low = seq[index + 1];
        return char.IsLowSurrogate(low) ? ToCodePoint(high, low) : high;
    }

    public static int ToCodePoint(char high, char low) => ((high & 0x3FF) << 10 | low & 0x3FF) + 0x10000;

    /// <summary>The value of a decimal ASCII digit, or −1.</summary>
    public static int Digit(byte b) => char.IsAsciiDigit((char)b) ? b - '0' : -1;

    /// <summary>The value of a digit or letter in <paramref name="radix"/>, or −1.</summary>
    public static int Digit(char c, int radix)
    {
        if (radix < MinRadix || radix > MaxRadix)
            return -1;

        var value = char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : CharUnicodeInfo.GetDecimalDigitValue(c);
        return value < radix ? value : -1;
    }

    public static bool Contains(IReadOnlyList<char> value, char c)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (var i = 0; i < value.Count; i++)
        {
            if (value[i] == c)
                return true;
        }

        return false;
    }

    /// <summary>The index of <paramref name="searchChar"/> at or after <paramref name="start"/>, or −1; −1 for null too.</summary>
    public static int IndexOf(this ICharSequence cs, char searchChar, int start) => cs?.IndexOf(searchChar, start) ?? -1;

    public static bool RegionMatches(string value, int thisStart, ICharSequence other, int start, int length) =>
        Match(value, thisStart, other, start, length, ignoreCase: false);

    public static bool RegionMatchesIgnoreCase(string value, int thisStart, ICharSequence other, int start, int length) =>
        Match(value, thisStart, other, start, length, ignoreCase: true);

    public static bool RegionMatches(IReadOnlyList<char> value, int thisStart, ICharSequence other, int start, int length) =>
        Match(value, thisStart, other, start, length, ignoreCase: false);

    public static bool RegionMatchesIgnoreCase(IReadOnlyList<char> value, int thisStart, ICharSequence other, int start, int length) =>
        Match(value, thisStart, other, start, length, ignoreCase: true);

    private static bool Match(string value, int thisStart, ICharSequence other, int start, int length, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(other);
        return CharSequenceComparison.RegionsMatch(value.AsSpan(), thisStart, other, start, length, ignoreCase);
    }

    private static bool Match(IReadOnlyList<char> value, int thisStart, ICharSequence other, int start, int length, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(other);
        return CharSequenceComparison.RegionsMatch(value, thisStart, other, start, length, ignoreCase);
    }
}
