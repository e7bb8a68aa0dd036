#nullable disable
using System.Globalization;

namespace DotNetty.Common.Utilities;

/// <content>Numbers. What is not one, or does not fit, is a <see cref="FormatException"/>.</content>
public sealed partial class AsciiString
{
    /// <summary>Whether the first byte is there and not 0.</summary>
    public bool ParseBoolean() => Count >= 1 && Span[0] != 0;

    public char ParseChar() => ParseChar(0);

    /// <summary>The character of two bytes, the high one first.</summary>
    public char ParseChar(int start)
    {
        CheckRange(start, sizeof(char), Count);
        return (char)(Span[start] << 8 | Span[start + 1]);
    }

    public short ParseShort() => ParseShort(0, Count, 10);

    public short ParseShort(int radix) => ParseShort(0, Count, radix);

    public short ParseShort(int start, int end) => ParseShort(start, end, 10);

    public short ParseShort(int start, int end, int radix) =>
        (short)IntegerParser.Parse(this, start, end, radix, short.MinValue, short.MaxValue);

    public int ParseInt() => ParseInt(0, Count, 10);

    public int ParseInt(int radix) => ParseInt(0, Count, radix);

    public int ParseInt(int start, int end) => ParseInt(start, end, 10);

    public int ParseInt(int start, int end, int radix) =>
        (int)IntegerParser.Parse(this, start, end, radix, int.MinValue, int.MaxValue);

    public long ParseLong() => ParseLong(0, Count, 10);

    public long ParseLong(int radix) => ParseLong(0, Count, radix);

    public long ParseLong(int start, int end) => ParseLong(start, end, 10);

    public long ParseLong(int start, int end, int radix) =>
        IntegerParser.Parse(this, start, end, radix, long.MinValue, long.MaxValue);

    public float ParseFloat() => ParseFloat(0, Count);

    public float ParseFloat(int start, int end) => float.Parse(ToString(start, end), CultureInfo.InvariantCulture);

    public double ParseDouble() => ParseDouble(0, Count);

    public double ParseDouble(int start, int end) => double.Parse(ToString(start, end), CultureInfo.InvariantCulture);
}
