#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    public virtual string GetString(int index, int length, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        CheckIndex(index, length);
        return ByteBufferUtil.DecodeString(this, index, length, encoding);
    }

    public virtual string ReadString(int length, Encoding encoding)
    {
        CheckReadableBytes(length);
        var value = GetString(_readerIndex, length, encoding);
        _readerIndex += length;
        return value;
    }

    public virtual int SetString(int index, string value, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        var length = encoding.GetByteCount(value);
        CheckIndex(index, length);
        SetEncoded(index, value, length, encoding);
        return length;
    }

    public virtual int WriteString(string value, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        var length = encoding.GetByteCount(value);
        var index = Writable(length);
        SetEncoded(index, value, length, encoding);
        _writerIndex = index + length;
        return length;
    }

    public virtual ICharSequence GetCharSequence(int index, int length, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        CheckIndex(index, length);
        if (!encoding.Equals(Encoding.ASCII) && !encoding.Equals(Encoding.Latin1))
            return new StringCharSequence(GetString(index, length, encoding));

        var bytes = new byte[length];
        GetBytes(index, bytes, 0, length);
        return new AsciiString(bytes, false);
    }

    public virtual ICharSequence ReadCharSequence(int length, Encoding encoding)
    {
        CheckReadableBytes(length);
        var sequence = GetCharSequence(_readerIndex, length, encoding);
        _readerIndex += length;
        return sequence;
    }

    public virtual int SetCharSequence(int index, ICharSequence sequence, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return SetString(index, sequence.ToString(), encoding);
    }

    public virtual int WriteCharSequence(ICharSequence sequence, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return WriteString(sequence.ToString(), encoding);
    }

    public virtual string ToString(Encoding encoding) => ToString(_readerIndex, ReadableBytes, encoding);

    public virtual string ToString(int index, int length, Encoding encoding) => GetString(index, length, encoding);

    public override string ToString()
    {
        if (ReferenceCount == 0)
            return $"{GetType().Name}(freed)";

        var text = new StringBuilder().Append(GetType().Name)
            .Append("(ridx: ").Append(_readerIndex)
            .Append(", widx: ").Append(_writerIndex)
            .Append(", cap: ").Append(Capacity);
        if (MaxCapacity != int.MaxValue)
            text.Append('/').Append(MaxCapacity);
        if (Unwrap() is { } parent)
            text.Append(", unwrapped: ").Append(parent);
        return text.Append(')').ToString();
    }

    public sealed override bool Equals(object o) => Equals(o as IByteBuffer);

    public virtual bool Equals(IByteBuffer buffer) => ReferenceEquals(this, buffer) || (buffer != null && ByteBufferUtil.Equals(this, buffer));

    /// <summary>Follows from the readable bytes, so it changes with them.</summary>
    public override int GetHashCode() => ByteBufferUtil.HashCode(this);

    /// <summary>Compares the readable bytes as unsigned numbers; the shorter of two equal beginnings comes first.</summary>
    public virtual int CompareTo(IByteBuffer that) => ByteBufferUtil.Compare(this, that);

    private protected virtual void SetEncoded(int index, string value, int length, Encoding encoding) => SetSpan(index, encoding.GetBytes(value));
}
