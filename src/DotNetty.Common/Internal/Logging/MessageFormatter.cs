#nullable disable
using System.Text;

namespace DotNetty.Common.Internal.Logging;

/// <summary>
/// Fills the <c>{}</c> of a log format. <c>\{}</c> is a literal pair of braces, <c>\\{}</c> a backslash and a placeholder.
/// Placeholders without an argument stay as they are; an exception left over as the last argument becomes the exception of the message.
/// </summary>
public static class MessageFormatter
{
    private const string Placeholder = "{}";
    private const char Escape = '\\';
    private const int MaxArrayDepth = 4;

    public static FormattingTuple Format(string messagePattern, object arg) =>
        ArrayFormat(messagePattern, [arg]);

    public static FormattingTuple Format(string messagePattern, object argA, object argB) =>
        ArrayFormat(messagePattern, [argA, argB]);

    public static FormattingTuple ArrayFormat(string messagePattern, object[] argArray)
    {
        var candidate = GetThrowableCandidate(argArray);
        if (messagePattern is null || argArray is null || argArray.Length == 0)
            return new FormattingTuple(messagePattern, argArray, candidate);

        var text = new StringBuilder(messagePattern.Length + 48);
        var used = Fill(text, messagePattern, argArray);
        return new FormattingTuple(text.ToString(), argArray, used < argArray.Length ? candidate : null);
    }

    /// <summary>The last argument when it is an exception, else null.</summary>
    public static Exception GetThrowableCandidate(object[] argArray) =>
        argArray is { Length: > 0 } ? argArray[^1] as Exception : null;

    /// <summary>Whether a backslash stands before the placeholder at <paramref name="delimeterStartIndex"/>.</summary>
    public static bool IsEscapedDelimeter(string messagePattern, int delimeterStartIndex)
    {
        ArgumentNullException.ThrowIfNull(messagePattern);
        return delimeterStartIndex >= 1 && messagePattern[delimeterStartIndex - 1] == Escape;
    }

    /// <summary>Whether the backslash before the placeholder at <paramref name="delimeterStartIndex"/> is itself escaped.</summary>
    public static bool IsDoubleEscaped(string messagePattern, int delimeterStartIndex)
    {
        ArgumentNullException.ThrowIfNull(messagePattern);
        return delimeterStartIndex >= 2 && messagePattern[delimeterStartIndex - 2] == Escape;
    }

    /// <summary>Appends <paramref name="o"/>, arrays element by element. An object that cannot be printed never fails the message.</summary>
    public static void SafeObjectAppend(StringBuilder sbuf, object o)
    {
        ArgumentNullException.ThrowIfNull(sbuf);
        Append(sbuf, o, 0);
    }

    private static int Fill(StringBuilder text, string pattern, object[] arguments)
    {
        var used = 0;
        var position = 0;
        while (used < arguments.Length)
        {
            var next = pattern.IndexOf(Placeholder, position, StringComparison.Ordinal);
            if (next < 0)
                break;

            if (IsEscapedDelimeter(pattern, next) && !IsDoubleEscaped(pattern, next))
            {
                text.Append(pattern, position, next - position - 1).Append(Placeholder);
            }
            else
            {
                var escapes = IsEscapedDelimeter(pattern, next) ? 1 : 0;
                text.Append(pattern, position, next - position - escapes);
                Append(text, arguments[used++], 0);
            }

            position = next + Placeholder.Length;
        }

        text.Append(pattern, position, pattern.Length - position);
        return used;
    }

    private static void Append(StringBuilder text, object value, int depth)
    {
        if (value is Array array)
            AppendArray(text, array, depth);
        else
            text.Append(Print(value));
    }

    private static void AppendArray(StringBuilder text, Array array, int depth)
    {
        // An array can contain itself.
        if (depth == MaxArrayDepth)
        {
            text.Append("[...]");
            return;
        }

        text.Append('[');
        var separator = "";
        foreach (var element in array)
        {
            text.Append(separator);
            Append(text, element, depth + 1);
            separator = ", ";
        }

        text.Append(']');
    }

    private static string Print(object value)
    {
        if (value is null)
            return "null";

        try
        {
            return value.ToString();
        }
        catch (Exception failure)
        {
            return $"[{value.GetType().Name} cannot be printed: {failure.GetType().Name}]";
        }
    }
}
