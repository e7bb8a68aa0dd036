#nullable disable
namespace DotNetty.Common.Utilities;

/// <content>Equality, order and hash.</content>
public sealed partial class AsciiString
{
    public static bool ContentEquals(ICharSequence a, ICharSequence b) => CharSequenceComparison.AreEqual(a, b, ignoreCase: false);

    public static bool ContentEqualsIgnoreCase(ICharSequence a, ICharSequence b) => CharSequenceComparison.AreEqual(a, b, ignoreCase: true);

    /// <summary>Whether <paramref name="length"/> characters of both are the same; false for null and beyond either end.</summary>
    public static bool RegionMatches(ICharSequence cs, bool ignoreCase, int csStart, ICharSequence seq, int start, int length) =>
        cs is not null && seq is not null && CharSequenceComparison.RegionsMatch(cs, csStart, seq, start, length, ignoreCase);

    /// <summary>As <see cref="RegionMatches(ICharSequence, bool, int, ICharSequence, int, int)"/>, only ASCII letters having a case.</summary>
    public static bool RegionMatchesAscii(ICharSequence cs, bool ignoreCase, int csStart, ICharSequence seq, int start, int length)
    {
        if (cs is null || seq is null || csStart < 0 || start < 0 || length > cs.Count - csStart || length > seq.Count - start)
            return false;

        for (var i = 0; i < length; i++)
        {
            if (!CharSequenceComparison.AsciiCharsMatch(cs[csStart + i], seq[start + i], ignoreCase))
                return false;
        }

        return true;
    }

    /// <summary>A hash that is equal for equal contents of any kind of sequence, with and without case; 0 for null.</summary>
    public static int GetHashCode(ICharSequence value) => value?.HashCode(ignoreCase: true) ?? 0;

    public bool ContentEquals(string a)
    {
        if (a is null || a.Length != Count)
            return false;

        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] != Span[i])
                return false;
        }

        return true;
    }

    public bool ContentEquals(ICharSequence a) =>
        a is AsciiString ascii ? Equals(ascii) : ContentEquals(this, a);

    public bool ContentEqualsIgnoreCase(ICharSequence other) => ContentEqualsIgnoreCase(this, other);

    public bool RegionMatches(int thisStart, ICharSequence seq, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return RegionMatches(this, false, thisStart, seq, start, count);
    }

    public bool RegionMatchesIgnoreCase(int thisStart, ICharSequence seq, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return RegionMatches(this, true, thisStart, seq, start, count);
    }

    public bool Equals(AsciiString other) => other is not null && Span.SequenceEqual(other.Span);

    public override bool Equals(object obj) => obj is AsciiString other && Equals(other);

    public override int GetHashCode() => HashCode(ignoreCase: true);

    public int HashCode(bool ignoreCase)
    {
        if (_hash == 0)
            _hash = CharSequenceComparison.Hash(Span);
        return _hash;
    }

    public int CompareTo(AsciiString other) => other is null ? 1 : Span.SequenceCompareTo(other.Span);

    /// <summary>Compares character by character, the shorter first where one begins with the other.</summary>
    public int CompareTo(ICharSequence other)
    {
        if (other is null)
            return 1;

        var common = Math.Min(Count, other.Count);
        for (var i = 0; i < common; i++)
        {
            if (Span[i] != other[i])
                return Span[i] - other[i];
        }

        return Count - other.Count;
    }

    public int CompareTo(object obj) => obj switch
    {
        null => 1,
        ICharSequence other => CompareTo(other),
        _ => throw new ArgumentException("Only character sequences can be compared.", nameof(obj)),
    };
}
