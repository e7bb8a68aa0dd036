#nullable disable
using System.Text;

namespace DotNetty.Buffers;

public static partial class ByteBufferUtil
{
    /// <summary>Where the readable bytes of <paramref name="needle"/> begin in those of <paramref name="haystack"/>, counted from its reader index, or −1.</summary>
    public static int IndexOf(IByteBuffer needle, IByteBuffer haystack)
    {
        ArgumentNullException.ThrowIfNull(needle);
        ArgumentNullException.ThrowIfNull(haystack);
        var sought = BytesOf(needle, needle.ReaderIndex, needle.ReadableBytes);
        return BytesOf(haystack, haystack.ReaderIndex, haystack.ReadableBytes).IndexOf(sought);
    }

    /// <inheritdoc cref="IByteBuffer.IndexOf"/>
    public static int IndexOf(IByteBuffer buffer, int fromIndex, int toIndex, byte value)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.IndexOf(fromIndex, toIndex, value);
    }

    /// <summary>True when the bytes are valid text in <paramref name="encoding"/>.</summary>
    public static bool IsText(IByteBuffer buf, int index, int length, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(buf);
        ArgumentNullException.ThrowIfNull(encoding);
        if ((index | length) < 0 || index > buf.Capacity - length)
            throw new IndexOutOfRangeException($"{length} bytes at index {index} are not within the capacity {buf.Capacity}.");

        var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            strict.GetCharCount(BytesOf(buf, index, length));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The bytes as they lie in memory, or a copy of them where they are scattered.</summary>
    private static ReadOnlySpan<byte> BytesOf(IByteBuffer buffer, int index, int length)
    {
        if (SpanAccess.TryGet(buffer, index, length, out var bytes))
            return bytes;

        var copy = new byte[length];
        buffer.GetBytes(index, copy);
        return copy;
    }
}
