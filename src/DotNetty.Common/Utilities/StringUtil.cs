#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Strings: names of types, hexadecimal, comma-separated values.</summary>
public static partial class StringUtil
{
    public const char DoubleQuote = '"';
    public const char Comma = ',';
    public const char LineFeed = '\n';
    public const char CarriageReturn = '\r';
    public const char Tab = '\t';
    public const byte UpperCaseToLowerCaseAsciiOffset = 32;

    public static readonly char Space = ' ';
    public static readonly string EmptyString = string.Empty;
    public static readonly string Newline = Environment.NewLine;

    /// <summary>What follows the first <paramref name="delim"/>, or null when there is none.</summary>
    public static string SubstringAfter(string value, char delim)
    {
        ArgumentNullException.ThrowIfNull(value);
        var position = value.IndexOf(delim);
        return position < 0 ? null : value[(position + 1)..];
    }

    /// <summary>Whether the last <paramref name="len"/> characters of both are the same.</summary>
    public static bool CommonSuffixOfLength(string s, string p, int len) =>
        s is not null && p is not null && len >= 0 && len <= s.Length && len <= p.Length
        && s.AsSpan(s.Length - len).SequenceEqual(p.AsSpan(p.Length - len));

    /// <summary>The length; 0 for null.</summary>
    public static int Length(string s) => s?.Length ?? 0;

    public static bool IsSurrogate(char c) => char.IsSurrogate(c);

    public static bool EndsWith(IReadOnlyList<char> s, char c)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s.Count > 0 && s[^1] == c;
    }

    /// <summary>The index of the first character at or after <paramref name="offset"/> that is not white space, or −1.</summary>
    public static int IndexOfNonWhiteSpace(IReadOnlyList<char> seq, int offset)
    {
        ArgumentNullException.ThrowIfNull(seq);
        for (var i = offset; i < seq.Count; i++)
        {
            if (!char.IsWhiteSpace(seq[i]))
                return i;
        }

        return -1;
    }

    /// <summary>The name of the object's type without its namespace.</summary>
    public static string SimpleClassName(object o) => o is null ? "null_object" : SimpleClassName(o.GetType());

    /// <summary>The name of <typeparamref name="T"/> without its namespace.</summary>
    public static string SimpleClassName<T>() => SimpleClassName(typeof(T));

    /// <summary>The name of <paramref name="type"/> without its namespace.</summary>
    public static string SimpleClassName(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Name;
    }
}
