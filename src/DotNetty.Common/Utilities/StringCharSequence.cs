#nullable disable
using System.Collections;

namespace DotNetty.Common.Utilities;

/// <summary>A string, or a part of one, as a character sequence. Nothing is copied.</summary>
public sealed class StringCharSequence : ICharSequence, IEquatable<StringCharSequence>
{
    public static readonly StringCharSequence Empty = new(string.Empty);

    private readonly string _value;
    private readonly int _offset;

    public StringCharSequence(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
        Count = value.Length;
    }

    public StringCharSequence(string value, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, value.Length - offset);
        _value = value;
        _offset = offset;
        Count = count;
    }

    public int Count { get; }

    public char this[int index] => Span[index];

    private ReadOnlySpan<char> Span => _value.AsSpan(_offset, Count);

    public static explicit operator StringCharSequence(string value) => value is null ? Empty : new StringCharSequence(value);

    public static explicit operator string(StringCharSequence charSequence) => charSequence?.ToString() ?? string.Empty;

    public ICharSequence SubSequence(int start) => SubSequence(start, Count);

    public ICharSequence SubSequence(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Count);
        if (start == 0 && end == Count)
            return this;

        return start == end ? Empty : new StringCharSequence(_value, _offset + start, end - start);
    }

    public int IndexOf(char ch, int start = 0) => IndexOf([ch], start);

    /// <summary>The index of <paramref name="target"/> at or after <paramref name="start"/>, or −1.</summary>
    public int IndexOf(string target, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        return IndexOf(target.AsSpan(), start);
    }

    public bool RegionMatches(int thisStart, ICharSequence seq, int start, int length) =>
        CharSequenceComparison.RegionsMatch(Span, thisStart, NotNull(seq), start, length, ignoreCase: false);

    public bool RegionMatchesIgnoreCase(int thisStart, ICharSequence seq, int start, int length) =>
        CharSequenceComparison.RegionsMatch(Span, thisStart, NotNull(seq), start, length, ignoreCase: true);

    public bool ContentEquals(ICharSequence other) => CharSequenceComparison.AreEqual(this, other, ignoreCase: false);

    public bool ContentEqualsIgnoreCase(ICharSequence other) => CharSequenceComparison.AreEqual(this, other, ignoreCase: true);

    public int HashCode(bool ignoreCase) => CharSequenceComparison.Hash(Span);

    public bool Equals(StringCharSequence other) => other is not null && Span.SequenceEqual(other.Span);

    public override bool Equals(object obj) => obj is StringCharSequence other && Equals(other);

    public override int GetHashCode() => HashCode(ignoreCase: false);

    public string ToString(int start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        return _value.Substring(_offset + start, Count - start);
    }

    public override string ToString() => Count == _value.Length ? _value : ToString(0);

    public IEnumerator<char> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _value[_offset + i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(ReadOnlySpan<char> target, int start)
    {
        start = Math.Max(start, 0);
        if (start > Count)
            return -1;

        var found = Span[start..].IndexOf(target);
        return found < 0 ? -1 : start + found;
    }

    private static ICharSequence NotNull(ICharSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return sequence;
    }
}
