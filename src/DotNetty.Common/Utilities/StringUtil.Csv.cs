#nullable disable
namespace DotNetty.Common.Utilities;

/// <content>Fields of comma-separated values, RFC 4180.</content>
public static partial class StringUtil
{
    /// <summary>The part without spaces and tabs at either end (RFC 7230's optional white space).</summary>
    public static ICharSequence TrimOws(ICharSequence value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var start = 0;
        while (start < value.Count && IsOws(value[start]))
            start++;

        var end = value.Count;
        while (end > start && IsOws(value[end - 1]))
            end--;

        return value.SubSequence(start, end);
    }

    /// <summary>The value as a field: quoted when it holds a comma, a quote or a line break, and quotes doubled. A field that is quoted already keeps its quotes.</summary>
    public static ICharSequence EscapeCsv(ICharSequence value, bool trimWhiteSpace = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var field = trimWhiteSpace ? TrimOws(value) : value;
        var quoted = IsQuoted(field);
        var content = quoted ? field.SubSequence(1, field.Count - 1) : field;
        var escaped = DoubleLoneQuotes(content, keepPairs: quoted);
        if (!quoted && escaped.Length == content.Count && !NeedsQuotes(content))
            return field;

        return new StringCharSequence($"{DoubleQuote}{escaped}{DoubleQuote}");
    }

    /// <summary>The value of one field.</summary>
    /// <exception cref="ArgumentException">A quote or separator where none may be.</exception>
    public static ICharSequence UnescapeCsv(ICharSequence value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var fields = UnescapeCsvFields(value);
        return fields.Count == 1 ? fields[0] : throw Misplaced(value, value.IndexOf(Comma));
    }

    /// <summary>The values of all fields of one line.</summary>
    /// <exception cref="ArgumentException">A quote or line break where none may be.</exception>
    public static IList<ICharSequence> UnescapeCsvFields(ICharSequence value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var fields = new List<ICharSequence>();
        var position = 0;
        while (true)
        {
            fields.Add(ReadField(value, ref position));
            if (position == value.Count)
                return fields;
            position++;
        }
    }

    private static bool IsOws(char c) => c is ' ' or Tab;

    private static bool IsQuoted(ICharSequence value) => value.Count >= 2 && value[0] == DoubleQuote && value[value.Count - 1] == DoubleQuote;

    private static bool NeedsQuotes(ICharSequence value) => value.Any(c => c is Comma or DoubleQuote or LineFeed or CarriageReturn);

    private static string DoubleLoneQuotes(ICharSequence value, bool keepPairs)
    {
        var escaped = new StringBuilderCharSequence(value.Count + 8);
        for (var i = 0; i < value.Count; i++)
        {
            escaped.Append(value[i]);
            if (value[i] != DoubleQuote)
                continue;

            escaped.Append(DoubleQuote);
            if (keepPairs && i + 1 < value.Count && value[i + 1] == DoubleQuote)
                i++;
        }

        return escaped.ToString();
    }

    private static ICharSequence ReadField(ICharSequence line, ref int position) =>
        position < line.Count && line[position] == DoubleQuote ? ReadQuoted(line, ref position) : ReadPlain(line, ref position);

    private static ICharSequence ReadPlain(ICharSequence line, ref int position)
    {
        var start = position;
        for (; position < line.Count && line[position] != Comma; position++)
        {
            if (line[position] is DoubleQuote or LineFeed or CarriageReturn)
                throw Misplaced(line, position);
        }

        return line.SubSequence(start, position);
    }

    private static StringBuilderCharSequence ReadQuoted(ICharSequence line, ref int position)
    {
        var opening = position++;
        var field = new StringBuilderCharSequence();
        for (; position < line.Count; position++)
        {
            if (line[position] == DoubleQuote && !IsQuoteAt(line, ++position))
            {
                if (position < line.Count && line[position] != Comma)
                    throw Misplaced(line, position);
                return field;
            }

            field.Append(line[position]);
        }

        throw Misplaced(line, opening);
    }

    private static bool IsQuoteAt(ICharSequence line, int position) => position < line.Count && line[position] == DoubleQuote;

    private static ArgumentException Misplaced(ICharSequence value, int position) =>
        new($"A character that must be quoted, or an open quote, at {position}.", nameof(value));
}
