#nullable disable
using System.Collections;
using System.Text;

namespace DotNetty.Common.Utilities;

/// <summary>
/// Characters kept as one byte each, for protocols whose text is ASCII. A character above 255 becomes <c>?</c>.
/// Immutable, unless its <see cref="Array"/> is changed and <see cref="ArrayChanged"/> called. Case is that of ASCII letters.
/// </summary>
public sealed partial class AsciiString : ICharSequence, IEquatable<AsciiString>, IComparable<AsciiString>, IComparable
{
    private const char MaxChar = (char)byte.MaxValue;
    private const byte Replacement = (byte)'?';

    public static readonly AsciiString Empty = new(string.Empty);
    public static readonly int IndexNotFound = -1;

    /// <summary>Compares sequences of any kind by content, upper and lower case being the same.</summary>
    public static readonly IHashingStrategy<ICharSequence> CaseInsensitiveHasher = new CharSequenceHashingStrategy(ignoreCase: true);

    /// <summary>Compares sequences of any kind by content.</summary>
    public static readonly IHashingStrategy<ICharSequence> CaseSensitiveHasher = new CharSequenceHashingStrategy(ignoreCase: false);

    private readonly byte[] _value;
    private string _string;
    private int _hash;

    public AsciiString(byte[] value, bool copy)
        : this(value, 0, value?.Length ?? 0, copy)
    {
    }

    /// <param name="value">The characters.</param>
    /// <param name="start">The index of the first one.</param>
    /// <param name="length">How many.</param>
    /// <param name="copy">False keeps <paramref name="value"/> itself: whoever changes it later must call <see cref="ArrayChanged"/>.</param>
    public AsciiString(byte[] value, int start, int length, bool copy)
    {
        ArgumentNullException.ThrowIfNull(value);
        CheckRange(start, length, value.Length);
        _value = copy ? value.AsSpan(start, length).ToArray() : value;
        Offset = copy ? 0 : start;
        Count = length;
    }

    public AsciiString(char[] value)
        : this(value, 0, value?.Length ?? 0)
    {
    }

    public AsciiString(char[] value, int start, int length)
        : this(Narrow(value, start, length))
    {
    }

    public AsciiString(char[] value, Encoding encoding)
        : this(value, encoding, 0, value?.Length ?? 0)
    {
    }

    public AsciiString(char[] value, Encoding encoding, int start, int length)
        : this(Encode(value, encoding, start, length))
    {
    }

    public AsciiString(string value)
        : this(value, 0, value?.Length ?? 0)
    {
    }

    public AsciiString(string value, int start, int length)
        : this(Narrow(value, start, length))
    {
    }

    public AsciiString(string value, Encoding encoding)
        : this(value, encoding, 0, value?.Length ?? 0)
    {
    }

    public AsciiString(string value, Encoding encoding, int start, int length)
        : this(Encode(value, encoding, start, length))
    {
    }

    public AsciiString(ICharSequence value)
        : this(value, 0, value?.Count ?? 0)
    {
    }

    public AsciiString(ICharSequence value, int start, int length)
        : this(Narrow(value, start, length))
    {
    }

    private AsciiString(byte[] owned)
    {
        _value = owned;
        Count = owned.Length;
    }

    /// <summary>The storage; this string begins at <see cref="Offset"/> and has <see cref="Count"/> bytes.</summary>
    public byte[] Array => _value;

    public int Offset { get; }

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public bool IsEntireArrayUsed => Count == _value.Length;

    public char this[int index] => ByteToChar(ByteAt(index));

    private ReadOnlySpan<byte> Span => new(_value, Offset, Count);

    public static explicit operator string(AsciiString value) => value?.ToString() ?? string.Empty;

    public static explicit operator AsciiString(string value) => value is null ? Empty : new AsciiString(value);

    /// <summary>An ASCII string of <paramref name="value"/> that also keeps it, so that it need not be made again.</summary>
    public static AsciiString Cached(string value) => new(value) { _string = value };

    public static AsciiString Of(string value) => new(value);

    /// <summary><paramref name="charSequence"/> itself when it is an ASCII string, else a copy as one.</summary>
    public static AsciiString Of(ICharSequence charSequence) => charSequence as AsciiString ?? new AsciiString(charSequence);

    public static byte CharToByte(char c) => c > MaxChar ? Replacement : (byte)c;

    public static char ByteToChar(byte b) => (char)b;

    public static bool IsUpperCase(byte value) => char.IsAsciiLetterUpper((char)value);

    public static bool IsUpperCase(char value) => char.IsAsciiLetterUpper(value);

    /// <summary>Forgets what was derived from the bytes. To be called after they were changed.</summary>
    public void ArrayChanged()
    {
        _string = null;
        _hash = 0;
    }

    public byte ByteAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _value[Offset + index];
    }

    /// <summary>Visits the bytes in order.</summary>
    /// <returns>The index of the byte the visitor stopped at, or −1.</returns>
    public int ForEachByte(IByteProcessor visitor) => ForEachByte(0, Count, visitor);

    /// <summary>Visits <paramref name="count"/> bytes from <paramref name="index"/> on.</summary>
    /// <returns>The index of the byte the visitor stopped at, or −1.</returns>
    public int ForEachByte(int index, int count, IByteProcessor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        CheckRange(index, count, Count);
        for (var i = index; i < index + count; i++)
        {
            if (!visitor.Process(_value[Offset + i]))
                return i;
        }

        return IndexNotFound;
    }

    /// <summary>Visits the bytes from the last to the first.</summary>
    /// <returns>The index of the byte the visitor stopped at, or −1.</returns>
    public int ForEachByteDesc(IByteProcessor visitor) => ForEachByteDesc(0, Count, visitor);

    /// <summary>Visits the <paramref name="count"/> bytes that begin at <paramref name="index"/> from the last to the first.</summary>
    /// <returns>The index of the byte the visitor stopped at, or −1.</returns>
    public int ForEachByteDesc(int index, int count, IByteProcessor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        CheckRange(index, count, Count);
        for (var i = index + count - 1; i >= index; i--)
        {
            if (!visitor.Process(_value[Offset + i]))
                return i;
        }

        return IndexNotFound;
    }

    public IEnumerator<char> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return ByteToChar(_value[Offset + i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static byte[] Narrow(ReadOnlySpan<char> value)
    {
        var bytes = new byte[value.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = CharToByte(value[i]);
        return bytes;
    }

    private static byte[] Narrow(string value, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Narrow(value.AsSpan(start, length));
    }

    private static byte[] Narrow(char[] value, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Narrow(value.AsSpan(start, length));
    }

    private static byte[] Narrow(ICharSequence value, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        CheckRange(start, length, value.Count);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = CharToByte(value[start + i]);
        return bytes;
    }

    private static byte[] Encode(char[] value, Encoding encoding, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.GetBytes(value, start, length);
    }

    private static byte[] Encode(string value, Encoding encoding, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        return encoding.GetBytes(value, start, length);
    }

    private static void CheckRange(int start, int length, int available)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, available - start);
    }
}
