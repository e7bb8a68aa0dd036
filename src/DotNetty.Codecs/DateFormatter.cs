#nullable disable
using System.Globalization;
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>
/// Dates as HTTP has them (RFC 9110 §5.6.7): writes <c>Sun, 06 Nov 1994 08:49:37 GMT</c>, and reads that, its two obsolete forms and what
/// cookies bring, by the rules of RFC 6265 §5.1.1. Times are UTC.
/// </summary>
public sealed class DateFormatter
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    [ThreadStatic]
    private static DateFormatter _ofThread;

    private int _day;
    private int _month;
    private int _year;
    private TimeSpan? _time;

    private DateFormatter() => Reset();

    public static DateTime? ParseHttpDate(string txt)
    {
        ArgumentNullException.ThrowIfNull(txt);
        return ParseHttpDate(txt, 0, txt.Length);
    }

    /// <summary>The date in the characters from <paramref name="start"/> up to, not including, <paramref name="end"/>; null when there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not within the text.</exception>
    public static DateTime? ParseHttpDate(string txt, int start, int end)
    {
        ArgumentNullException.ThrowIfNull(txt);
        DateFormatter reader = _ofThread ??= new DateFormatter();
        reader.Reset();
        return reader.Parse(txt.AsSpan(start, end - start));
    }

    public static DateTime? ParseHttpDate(ICharSequence txt)
    {
        ArgumentNullException.ThrowIfNull(txt);
        return ParseHttpDate(txt.ToString());
    }

    /// <inheritdoc cref="ParseHttpDate(string, int, int)"/>
    public static DateTime? ParseHttpDate(ICharSequence txt, int start, int end)
    {
        ArgumentNullException.ThrowIfNull(txt);
        return ParseHttpDate(txt.ToString(), start, end);
    }

    /// <summary>The time in HTTP's form. One of no known kind is taken for UTC.</summary>
    public static string Format(DateTime dateTime) => ToUtc(dateTime).ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Appends the time in HTTP's form.</summary>
    /// <returns><paramref name="sb"/>.</returns>
    public static StringBuilder Append(DateTime dateTime, StringBuilder sb)
    {
        ArgumentNullException.ThrowIfNull(sb);
        return sb.Append(CultureInfo.InvariantCulture, $"{ToUtc(dateTime):r}");
    }

    /// <summary>Forgets the parts of a date that have been read.</summary>
    public void Reset()
    {
        _day = _month = _year = -1;
        _time = null;
    }

    private static DateTime ToUtc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;

    private DateTime? Parse(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int length = 0;
            while (length < text.Length && !IsDelimiter(text[length]))
            {
                length++;
            }

            TakePart(text[..length]);
            text = text[Math.Min(length + 1, text.Length)..];
        }

        return Whole();
    }

    // From RFC 6265: everything but letters, digits, the colon and what is above ASCII.
    private static bool IsDelimiter(char c) => c is '\t' or (>= ' ' and <= '/') or (>= ';' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');

    /// <summary>Takes a part for the first thing that is still missing and that it can be.</summary>
    private void TakePart(ReadOnlySpan<char> part)
    {
        if (_time is null && TryReadTime(part, out TimeSpan time))
        {
            _time = time;
        }
        else if (_day < 0 && TryReadNumber(part, 1, 2, out int day))
        {
            _day = day;
        }
        else if (_month < 0 && TryReadMonth(part, out int month))
        {
            _month = month;
        }
        else if (_year < 0 && TryReadNumber(part, 2, 4, out int year))
        {
            _year = year;
        }
    }

    private DateTime? Whole()
    {
        int year = _year switch
        {
            >= 70 and <= 99 => _year + 1900,
            >= 0 and <= 69 => _year + 2000,
            _ => _year,
        };
        if (_time is null || _month < 0 || year is < 1601 or > 9999 || _day < 1 || _day > DateTime.DaysInMonth(year, _month))
        {
            return null;
        }

        return new DateTime(year, _month, _day, 0, 0, 0, DateTimeKind.Utc) + _time;
    }

    /// <summary>Hours, minutes and seconds of one or two digits each.</summary>
    private static bool TryReadTime(ReadOnlySpan<char> part, out TimeSpan time)
    {
        time = default;
        int first = part.IndexOf(':');
        int second = first < 0 ? -1 : part[(first + 1)..].IndexOf(':') + first + 1;
        if (second <= first
            || !TryReadWholeNumber(part[..first], out int hours)
            || !TryReadWholeNumber(part[(first + 1)..second], out int minutes)
            || !TryReadNumber(part[(second + 1)..], 1, 2, out int seconds))
        {
            return false;
        }

        time = new TimeSpan(hours, minutes, seconds);
        return hours < 24 && minutes < 60 && seconds < 60;
    }

    private static bool TryReadWholeNumber(ReadOnlySpan<char> part, out int number) =>
        TryReadNumber(part, 1, 2, out number) && char.IsAsciiDigit(part[^1]);

    /// <summary>A number of so many digits at the beginning, with anything but a digit behind it.</summary>
    private static bool TryReadNumber(ReadOnlySpan<char> part, int fewest, int most, out int number)
    {
        number = 0;
        int digits = 0;
        for (; digits < part.Length && char.IsAsciiDigit(part[digits]); digits++)
        {
            if (digits == most)
            {
                return false;
            }

            number = (number * 10) + part[digits] - '0';
        }

        return digits >= fewest;
    }

    private static bool TryReadMonth(ReadOnlySpan<char> part, out int month)
    {
        int index = part.Length < 3 ? -1 : Months.AsSpan().IndexOf(part[..3], StringComparison.OrdinalIgnoreCase);
        month = (index / 3) + 1;
        return index >= 0 && index % 3 == 0;
    }
}
