#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public static partial class ByteBufferUtil
{
    /// <summary>The most bytes that <paramref name="seq"/> can take in UTF-8: three a UTF-16 code unit.</summary>
    public static int Utf8MaxBytes(string seq)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return checked(seq.Length * 3);
    }

    /// <summary>A new buffer with <paramref name="value"/> in UTF-8.</summary>
    public static IByteBuffer WriteUtf8(IByteBufferAllocator alloc, string value)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(value);
        return EncodeString(alloc, value, Encoding.UTF8);
    }

    /// <inheritdoc cref="WriteUtf8(IByteBufferAllocator, string)"/>
    public static IByteBuffer WriteUtf8(IByteBufferAllocator alloc, ICharSequence seq)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return WriteUtf8(alloc, seq.ToString());
    }

    /// <summary>Writes a string in UTF-8; a lone surrogate becomes U+FFFD.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int WriteUtf8(IByteBuffer buf, string seq)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return buf.WriteString(seq, Encoding.UTF8);
    }

    /// <inheritdoc cref="WriteUtf8(IByteBuffer, string)"/>
    public static int WriteUtf8(IByteBuffer buf, ICharSequence seq)
    {
        ArgumentNullException.ThrowIfNull(buf);
        ArgumentNullException.ThrowIfNull(seq);
        return buf.WriteString(seq.ToString(), Encoding.UTF8);
    }

    /// <summary>Makes room for <paramref name="reserveBytes"/> first, then writes in UTF-8.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int ReserveAndWriteUtf8(IByteBuffer buf, string value, int reserveBytes)
    {
        ArgumentNullException.ThrowIfNull(buf);
        buf.EnsureWritable(reserveBytes);
        return WriteUtf8(buf, value);
    }

    /// <inheritdoc cref="ReserveAndWriteUtf8(IByteBuffer, string, int)"/>
    public static int ReserveAndWriteUtf8(IByteBuffer buf, ICharSequence seq, int reserveBytes)
    {
        ArgumentNullException.ThrowIfNull(seq);
        return ReserveAndWriteUtf8(buf, seq.ToString(), reserveBytes);
    }

    /// <summary>A new buffer with one byte a character; what is not ASCII becomes '?'.</summary>
    public static IByteBuffer WriteAscii(IByteBufferAllocator alloc, string value)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(value);
        return EncodeString(alloc, value, Encoding.ASCII);
    }

    /// <inheritdoc cref="WriteAscii(IByteBufferAllocator, string)"/>
    public static IByteBuffer WriteAscii(IByteBufferAllocator alloc, ICharSequence seq)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(seq);
        var buffer = alloc.Buffer(seq.Count);
        WriteAscii(buffer, seq);
        return buffer;
    }

    /// <summary>Writes one byte a character; what is not ASCII becomes '?'.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int WriteAscii(IByteBuffer buf, string value)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return buf.WriteString(value, Encoding.ASCII);
    }

    /// <inheritdoc cref="WriteAscii(IByteBuffer, string)"/>
    public static int WriteAscii(IByteBuffer buf, ICharSequence seq)
    {
        ArgumentNullException.ThrowIfNull(buf);
        ArgumentNullException.ThrowIfNull(seq);
        if (seq is not AsciiString ascii)
            return buf.WriteString(seq.ToString(), Encoding.ASCII);

        Copy(ascii, buf);
        return ascii.Count;
    }

    /// <summary>Appends a string's bytes.</summary>
    public static void Copy(AsciiString src, IByteBuffer dst)
    {
        ArgumentNullException.ThrowIfNull(src);
        Copy(src, 0, dst, src.Count);
    }

    /// <summary>Appends <paramref name="length"/> bytes of a string.</summary>
    public static void Copy(AsciiString src, int srcIdx, IByteBuffer dst, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckPart(src, srcIdx, length);
        dst.WriteBytes(src.Array, src.Offset + srcIdx, length);
    }

    /// <summary>Copies <paramref name="length"/> bytes of a string to <paramref name="dstIdx"/>; no index moves.</summary>
    public static void Copy(AsciiString src, int srcIdx, IByteBuffer dst, int dstIdx, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckPart(src, srcIdx, length);
        dst.SetBytes(dstIdx, src.Array, src.Offset + srcIdx, length);
    }

    /// <summary>A new buffer with <paramref name="src"/> encoded.</summary>
    public static IByteBuffer EncodeString(IByteBufferAllocator alloc, string src, Encoding encoding) => EncodeString(alloc, src, encoding, 0);

    /// <summary>A new buffer with <paramref name="src"/> encoded, and room for <paramref name="extraCapacity"/> more bytes.</summary>
    public static IByteBuffer EncodeString(IByteBufferAllocator alloc, string src, Encoding encoding, int extraCapacity)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(src);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentOutOfRangeException.ThrowIfNegative(extraCapacity);
        var buffer = alloc.Buffer(encoding.GetByteCount(src) + extraCapacity);
        buffer.WriteString(src, encoding);
        return buffer;
    }

    /// <summary>Decodes <paramref name="len"/> bytes at <paramref name="readerIndex"/>.</summary>
    public static string DecodeString(IByteBuffer src, int readerIndex, int len, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(src);
        ArgumentNullException.ThrowIfNull(encoding);
        return len == 0 ? string.Empty : encoding.GetString(BytesOf(src, readerIndex, len));
    }

    private static void CheckPart(AsciiString src, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        if ((index | length) < 0 || index > src.Count - length)
            throw new IndexOutOfRangeException($"{length} characters at {index} are not within the string's {src.Count}.");
    }
}
