#nullable disable
namespace DotNetty.Common.Utilities;

public static partial class CharUtil
{
    public static bool IsNullOrEmpty(ICharSequence sequence) => sequence is null || sequence.Count == 0;

    /// <summary>The part without white space at either end.</summary>
    public static ICharSequence Trim(ICharSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var start = 0;
        while (start < sequence.Count && char.IsWhiteSpace(sequence[start]))
            start++;

        var end = sequence.Count;
        while (end > start && char.IsWhiteSpace(sequence[end - 1]))
            end--;

        return sequence.SubSequence(start, end);
    }

    /// <summary>What follows the first <paramref name="delim"/>, or null when there is none.</summary>
    public static ICharSequence SubstringAfter(this ICharSequence value, char delim)
    {
        ArgumentNullException.ThrowIfNull(value);
        var position = value.IndexOf(delim);
        return position < 0 ? null : value.SubSequence(position + 1, value.Count);
    }

    /// <summary>The parts between the delimiters, empty ones included.</summary>
    public static ICharSequence[] Split(ICharSequence sequence, params char[] delimiters) => Split(sequence, 0, delimiters);

    /// <summary>The parts from <paramref name="startIndex"/> on between the delimiters, empty ones included.</summary>
    public static ICharSequence[] Split(ICharSequence sequence, int startIndex, params char[] delimiters)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(delimiters);
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startIndex, sequence.Count);

        var parts = new List<ICharSequence>();
        var start = startIndex;
        for (var i = startIndex; i < sequence.Count; i++)
        {
            if (!delimiters.Contains(sequence[i]))
                continue;
            parts.Add(sequence.SubSequence(start, i));
            start = i + 1;
        }

        parts.Add(sequence.SubSequence(start, sequence.Count));
        return [.. parts];
    }

    /// <summary>A decimal number, with an optional minus.</summary>
    /// <exception cref="FormatException">Not a number, or beyond 32 bits.</exception>
    public static int ParseInt(ICharSequence seq)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return ParseInt(seq, 0, seq.Count, 10);
    }

    /// <summary>The number from <paramref name="start"/> up to, not including, <paramref name="end"/>, with an optional minus.</summary>
    /// <exception cref="FormatException">Not a number, or beyond 32 bits.</exception>
    public static int ParseInt(ICharSequence seq, int start, int end, int radix) =>
        (int)IntegerParser.Parse(seq, start, end, radix, int.MinValue, int.MaxValue);

    /// <summary>The digits from <paramref name="start"/> up to, not including, <paramref name="end"/>, without a sign.</summary>
    /// <exception cref="FormatException">Not a number, or beyond 32 bits.</exception>
    public static int ParseInt(ICharSequence seq, int start, int end, int radix, bool negative) =>
        (int)IntegerParser.ParseDigits(seq, start, end, radix, negative, int.MinValue, int.MaxValue);

    /// <summary>The number in <paramref name="radix"/>, with an optional minus.</summary>
    /// <exception cref="FormatException">Not a number, or beyond 64 bits.</exception>
    public static long ParseLong(ICharSequence str, int radix = 10)
    {
        ArgumentNullException.ThrowIfNull(str);
        return IntegerParser.Parse(str, 0, str.Count, radix, long.MinValue, long.MaxValue);
    }
}
