#nullable disable
using System.Globalization;
using System.Text;

namespace DotNetty.Buffers;

public static partial class ByteBufferUtil
{
    private const int RowSize = 16;
    private const string Rule = "+--------+-------------------------------------------------+----------------+";

    /// <summary>The readable bytes as lower-case hexadecimal digits.</summary>
    public static string HexDump(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return HexDump(buffer, buffer.ReaderIndex, buffer.ReadableBytes);
    }

    /// <summary><paramref name="length"/> bytes at <paramref name="fromIndex"/> as lower-case hexadecimal digits.</summary>
    public static string HexDump(IByteBuffer buffer, int fromIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return length == 0 ? string.Empty : Convert.ToHexStringLower(BytesOf(buffer, fromIndex, length));
    }

    /// <inheritdoc cref="HexDump(IByteBuffer)"/>
    public static string HexDump(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Convert.ToHexStringLower(array);
    }

    /// <inheritdoc cref="HexDump(IByteBuffer, int, int)"/>
    public static string HexDump(byte[] array, int fromIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Convert.ToHexStringLower(array.AsSpan(fromIndex, length));
    }

    /// <summary>The readable bytes as a table: offset, sixteen bytes a row in hexadecimal, and as characters.</summary>
    public static string PrettyHexDump(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return PrettyHexDump(buffer, buffer.ReaderIndex, buffer.ReadableBytes);
    }

    /// <inheritdoc cref="PrettyHexDump(IByteBuffer)"/>
    public static string PrettyHexDump(IByteBuffer buffer, int offset, int length)
    {
        var dump = new StringBuilder();
        AppendPrettyHexDump(dump, buffer, offset, length);
        return dump.ToString();
    }

    /// <inheritdoc cref="PrettyHexDump(IByteBuffer)"/>
    public static void AppendPrettyHexDump(StringBuilder dump, IByteBuffer buf)
    {
        ArgumentNullException.ThrowIfNull(buf);
        AppendPrettyHexDump(dump, buf, buf.ReaderIndex, buf.ReadableBytes);
    }

    /// <inheritdoc cref="PrettyHexDump(IByteBuffer)"/>
    public static void AppendPrettyHexDump(StringBuilder dump, IByteBuffer buf, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(dump);
        ArgumentNullException.ThrowIfNull(buf);
        if ((offset | length) < 0 || offset > buf.Capacity - length)
            throw new IndexOutOfRangeException($"{length} bytes at index {offset} are not within the capacity {buf.Capacity}.");
        if (length == 0)
            return;

        dump.Append("         +-------------------------------------------------+\n");
        dump.Append("         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |\n");
        dump.Append(Rule);
        var bytes = BytesOf(buf, offset, length);
        for (var start = 0; start < length; start += RowSize)
            AppendRow(dump.Append('\n'), start, bytes[start..Math.Min(start + RowSize, length)]);
        dump.Append('\n').Append(Rule);
    }

    private static void AppendRow(StringBuilder dump, int start, ReadOnlySpan<byte> row)
    {
        dump.Append(CultureInfo.InvariantCulture, $"|{start:x8}|");
        foreach (var value in row)
            dump.Append(CultureInfo.InvariantCulture, $" {value:x2}");
        dump.Append(' ', 3 * (RowSize - row.Length)).Append(" |");
        foreach (var value in row)
            dump.Append(value is > 0x1f and < 0x7f ? (char)value : '.');
        dump.Append(' ', RowSize - row.Length).Append('|');
    }
}
