#nullable disable
namespace DotNetty.Common.Utilities;

/// <content>Search.</content>
public sealed partial class AsciiString
{
    public static bool Contains(ICharSequence a, ICharSequence b) => Find(a, b, 0, ignoreCase: false) >= 0;

    public static bool ContainsIgnoreCase(ICharSequence a, ICharSequence b) => Find(a, b, 0, ignoreCase: true) >= 0;

    /// <summary>Whether <paramref name="collection"/> holds <paramref name="value"/> in any case.</summary>
    public static bool ContainsContentEqualsIgnoreCase(ICollection<ICharSequence> collection, ICharSequence value)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection.Any(element => ContentEqualsIgnoreCase(value, element));
    }

    /// <summary>Whether <paramref name="a"/> holds every one of <paramref name="b"/> in any case.</summary>
    public static bool ContainsAllContentEqualsIgnoreCase(ICollection<ICharSequence> a, ICollection<AsciiString> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return b.All(value => ContainsContentEqualsIgnoreCase(a, value));
    }

    /// <summary>The index of <paramref name="searchChar"/> at or after <paramref name="start"/>, or −1; −1 for null too.</summary>
    public static int IndexOf(ICharSequence cs, char searchChar, int start) => cs?.IndexOf(searchChar, start) ?? IndexNotFound;

    /// <summary>The index of <paramref name="searchStr"/> in any case at or after <paramref name="startPos"/>, or −1; −1 for null too.</summary>
    public static int IndexOfIgnoreCase(ICharSequence str, ICharSequence searchStr, int startPos) =>
        Find(str, searchStr, startPos, ignoreCase: true);

    /// <summary>As <see cref="IndexOfIgnoreCase"/>, only ASCII letters having a case.</summary>
    public static int IndexOfIgnoreCaseAscii(ICharSequence str, ICharSequence searchStr, int startPos)
    {
        if (str is null || searchStr is null)
            return IndexNotFound;

        for (var i = Math.Max(startPos, 0); i <= str.Count - searchStr.Count; i++)
        {
            if (RegionMatchesAscii(str, true, i, searchStr, 0, searchStr.Count))
                return i;
        }

        return IndexNotFound;
    }

    public bool Contains(ICharSequence sequence) => IndexOf(sequence) >= 0;

    public int IndexOf(ICharSequence sequence) => IndexOf(sequence, 0);

    /// <summary>The index of <paramref name="subString"/> at or after <paramref name="start"/>, or −1.</summary>
    public int IndexOf(ICharSequence subString, int start)
    {
        ArgumentNullException.ThrowIfNull(subString);
        if (subString is not AsciiString ascii)
            return CharSequenceComparison.IndexOf(this, subString, start, ignoreCase: false);

        start = Math.Max(start, 0);
        var found = start > Count ? -1 : Span[start..].IndexOf(ascii.Span);
        return found < 0 ? IndexNotFound : start + found;
    }

    public int IndexOf(char ch, int start = 0)
    {
        start = Math.Max(start, 0);
        var found = start > Count || ch > MaxChar ? -1 : Span[start..].IndexOf((byte)ch);
        return found < 0 ? IndexNotFound : start + found;
    }

    public int LastIndexOf(ICharSequence charSequence) => LastIndexOf(charSequence, Count);

    /// <summary>The last index of <paramref name="subString"/> at or before <paramref name="start"/>, or −1.</summary>
    public int LastIndexOf(ICharSequence subString, int start)
    {
        ArgumentNullException.ThrowIfNull(subString);
        for (var i = Math.Min(start, Count - subString.Count); i >= 0; i--)
        {
            if (RegionMatches(i, subString, 0, subString.Count))
                return i;
        }

        return IndexNotFound;
    }

    public bool StartsWith(ICharSequence prefix) => StartsWith(prefix, 0);

    /// <summary>Whether <paramref name="prefix"/> stands at <paramref name="start"/>.</summary>
    public bool StartsWith(ICharSequence prefix, int start)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return RegionMatches(start, prefix, 0, prefix.Count);
    }

    public bool EndsWith(ICharSequence suffix)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        return RegionMatches(Count - suffix.Count, suffix, 0, suffix.Count);
    }

    private static int Find(ICharSequence text, ICharSequence sought, int start, bool ignoreCase) =>
        text is null || sought is null ? IndexNotFound : CharSequenceComparison.IndexOf(text, sought, start, ignoreCase);
}
