#nullable disable
using System.Collections;
using System.Text;

namespace DotNetty.Common.Utilities;

/// <summary>A string builder, or a part of one, as a character sequence that can grow. A part shares the characters of the whole.</summary>
public sealed class StringBuilderCharSequence : ICharSequence, IEquatable<StringBuilderCharSequence>
{
    private readonly StringBuilder _builder;
    private readonly int _offset;

    public StringBuilderCharSequence(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _builder = new StringBuilder(capacity);
    }

    public StringBuilderCharSequence(StringBuilder builder)
        : this(builder, 0, builder?.Length ?? 0)
    {
    }

    public StringBuilderCharSequence(StringBuilder builder, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, builder.Length - offset);
        _builder = builder;
        _offset = offset;
        Count = count;
    }

    public int Count { get; private set; }

    public char this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _builder[_offset + index];
        }
    }

    public void Append(string value)
    {
        _builder.Insert(_offset + Count, value);
        Count += value?.Length ?? 0;
    }

    public void Append(string value, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(value.Substring(index, count));
    }

    public void Append(ICharSequence value)
    {
        if (value is not null)
            Append(value, 0, value.Count);
    }

    public void Append(ICharSequence value, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(value.SubSequence(index, index + count).ToString());
    }

    public void Append(char value) => Insert(Count, value);

    /// <summary>Inserts <paramref name="value"/> before the character at <paramref name="start"/>.</summary>
    public void Insert(int start, char value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        _builder.Insert(_offset + start, value);
        Count++;
    }

    public ICharSequence SubSequence(int start) => SubSequence(start, Count);

    public ICharSequence SubSequence(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Count);
        return new StringBuilderCharSequence(_builder, _offset + start, end - start);
    }

    public int IndexOf(char ch, int start = 0)
    {
        for (var i = Math.Max(start, 0); i < Count; i++)
        {
            if (_builder[_offset + i] == ch)
                return i;
        }

        return -1;
    }

    public bool RegionMatches(int thisStart, ICharSequence seq, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return CharSequenceComparison.RegionsMatch(this, thisStart, seq, start, length, ignoreCase: false);
    }

    public bool RegionMatchesIgnoreCase(int thisStart, ICharSequence seq, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return CharSequenceComparison.RegionsMatch(this, thisStart, seq, start, length, ignoreCase: true);
    }

    public bool ContentEquals(ICharSequence other) => CharSequenceComparison.AreEqual(this, other, ignoreCase: false);

    public bool ContentEqualsIgnoreCase(ICharSequence other) => CharSequenceComparison.AreEqual(this, other, ignoreCase: true);

    public int HashCode(bool ignoreCase) => CharSequenceComparison.Hash(this);

    public bool Equals(StringBuilderCharSequence other) => other is not null && ContentEquals(other);

    public override bool Equals(object obj) => obj is StringBuilderCharSequence other && Equals(other);

    public override int GetHashCode() => HashCode(ignoreCase: false);

    public string ToString(int start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        return _builder.ToString(_offset + start, Count - start);
    }

    public override string ToString() => ToString(0);

    public IEnumerator<char> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _builder[_offset + i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
