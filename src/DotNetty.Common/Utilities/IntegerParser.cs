#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Integers in any radix from the characters of a sequence.</summary>
internal static class IntegerParser
{
    public static long Parse(ICharSequence text, int start, int end, int radix, long least, long most)
    {
        CheckArguments(text, start, end, radix);
        var negative = start < end && text[start] == '-';
        return Accumulate(text, negative ? start + 1 : start, end, radix, negative, least, most);
    }

    public static long ParseDigits(ICharSequence text, int start, int end, int radix, bool negative, long least, long most)
    {
        CheckArguments(text, start, end, radix);
        return Accumulate(text, start, end, radix, negative, least, most);
    }

    private static void CheckArguments(ICharSequence text, int start, int end, int radix)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(radix, CharUtil.MinRadix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radix, CharUtil.MaxRadix);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, text.Count);
    }

    private static long Accumulate(ICharSequence text, int start, int end, int radix, bool negative, long least, long most)
    {
        if (start >= end)
            throw NotANumber();

        // Counted downwards: the negative range holds one number more than the positive one.
        long value = 0;
        for (var i = start; i < end; i++)
        {
            var digit = CharUtil.Digit(text[i], radix);
            if (digit < 0 || value < (long.MinValue + digit) / radix)
                throw NotANumber();
            value = value * radix - digit;
        }

        if (negative ? value < least : value < -most)
            throw NotANumber();
        return negative ? value : -value;
    }

    private static FormatException NotANumber() => new("Not a number, or one too large for its type.");
}
