#nullable disable
using System.Text;

namespace DotNetty.Common.Utilities;

/// <content>Copies, parts and variants.</content>
public sealed partial class AsciiString
{
    /// <summary>The part without control characters and spaces at either end.</summary>
    public static ICharSequence Trim(ICharSequence c)
    {
        ArgumentNullException.ThrowIfNull(c);
        if (c is AsciiString ascii)
            return ascii.Trim();

        var start = 0;
        while (start < c.Count && c[start] <= ' ')
            start++;

        var end = c.Count;
        while (end > start && c[end - 1] <= ' ')
            end--;

        return c.SubSequence(start, end);
    }

    /// <summary>The part without control characters and spaces at either end.</summary>
    public AsciiString Trim()
    {
        var bytes = Span;
        var start = 0;
        while (start < bytes.Length && bytes[start] <= ' ')
            start++;

        var end = bytes.Length;
        while (end > start && bytes[end - 1] <= ' ')
            end--;

        return SubSequence(start, end, copy: false);
    }

    public ICharSequence SubSequence(int start) => SubSequence(start, Count);

    public ICharSequence SubSequence(int start, int end) => SubSequence(start, end, copy: true);

    /// <summary>The characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <param name="start">The index of the first.</param>
    /// <param name="end">The index after the last.</param>
    /// <param name="copy">False shares the storage.</param>
    public AsciiString SubSequence(int start, int end, bool copy)
    {
        CheckRange(start, end - start, Count);
        if (start == 0 && end == Count)
            return this;

        return start == end ? Empty : new AsciiString(_value, Offset + start, end - start, copy);
    }

    public AsciiString Concat(ICharSequence charSequence)
    {
        ArgumentNullException.ThrowIfNull(charSequence);
        if (charSequence.Count == 0)
            return this;
        if (IsEmpty)
            return Of(charSequence);

        var joined = new byte[Count + charSequence.Count];
        Span.CopyTo(joined);
        for (var i = 0; i < charSequence.Count; i++)
            joined[Count + i] = CharToByte(charSequence[i]);
        return new AsciiString(joined);
    }

    public AsciiString Replace(char oldChar, char newChar)
    {
        if (oldChar > MaxChar || !Span.Contains((byte)oldChar))
            return this;

        var replaced = ToByteArray();
        replaced.AsSpan().Replace((byte)oldChar, CharToByte(newChar));
        return new AsciiString(replaced);
    }

    public AsciiString ToLowerCase()
    {
        if (!Span.ContainsAnyInRange((byte)'A', (byte)'Z'))
            return this;

        var lower = new byte[Count];
        for (var i = 0; i < lower.Length; i++)
            lower[i] = (byte)CharSequenceComparison.ToAsciiLower((char)Span[i]);
        return new AsciiString(lower);
    }

    public AsciiString ToUpperCase()
    {
        if (!Span.ContainsAnyInRange((byte)'a', (byte)'z'))
            return this;

        var upper = ToByteArray();
        foreach (ref var letter in upper.AsSpan())
        {
            if (char.IsAsciiLetterLower((char)letter))
                letter -= StringUtil.UpperCaseToLowerCaseAsciiOffset;
        }

        return new AsciiString(upper);
    }

    /// <summary>The parts between the delimiters; empty ones at the end are left out.</summary>
    public AsciiString[] Split(char delim)
    {
        var parts = new List<AsciiString>();
        var start = 0;
        for (var i = 0; i < Count; i++)
        {
            if (this[i] != delim)
                continue;
            parts.Add(SubSequence(start, i, copy: true));
            start = i + 1;
        }

        if (parts.Count == 0)
            return [this];

        parts.Add(SubSequence(start, Count, copy: true));
        var last = parts.FindLastIndex(part => !part.IsEmpty);
        return [.. parts.Take(last + 1)];
    }

    public byte[] ToByteArray() => Span.ToArray();

    /// <summary>The bytes from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public byte[] ToByteArray(int start, int end)
    {
        CheckRange(start, end - start, Count);
        return Span[start..end].ToArray();
    }

    public char[] ToCharArray() => ToCharArray(0, Count);

    /// <summary>The characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public char[] ToCharArray(int start, int end)
    {
        CheckRange(start, end - start, Count);
        var characters = new char[end - start];
        Copy(start, characters, 0, characters.Length);
        return characters;
    }

    public void Copy(int srcIdx, char[] dst, int dstIdx, int count)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckRange(srcIdx, count, Count);
        Encoding.Latin1.GetChars(_value, Offset + srcIdx, count, dst, dstIdx);
    }

    public void Copy(int srcIdx, byte[] dst, int dstIdx, int count)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckRange(srcIdx, count, Count);
        Span.Slice(srcIdx, count).CopyTo(dst.AsSpan(dstIdx, count));
    }

    public override string ToString() => _string ??= ToString(0);

    public string ToString(int start) => ToString(start, Count);

    /// <summary>The characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public string ToString(int start, int end)
    {
        CheckRange(start, end - start, Count);
        return Encoding.Latin1.GetString(_value, Offset + start, end - start);
    }
}
