#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public partial interface IByteBuffer
{
    /// <summary>The absolute index of the first <paramref name="value"/> from <paramref name="fromIndex"/> up to, not including, <paramref name="toIndex"/>;
    /// with <paramref name="fromIndex"/> above <paramref name="toIndex"/> the last one before <paramref name="fromIndex"/>. −1 when there is none.</summary>
    int IndexOf(int fromIndex, int toIndex, byte value);

    /// <summary>How many readable bytes stand before the first <paramref name="value"/>, or −1.</summary>
    int BytesBefore(byte value);

    /// <summary>How many of the next <paramref name="length"/> readable bytes stand before the first <paramref name="value"/>, or −1.</summary>
    int BytesBefore(int length, byte value);

    /// <summary>How many of the <paramref name="length"/> bytes at <paramref name="index"/> stand before the first <paramref name="value"/>, or −1.</summary>
    int BytesBefore(int index, int length, byte value);

    /// <summary>Shows the readable bytes to <paramref name="processor"/> until it answers false.</summary>
    /// <returns>The absolute index at which it did, or −1.</returns>
    int ForEachByte(IByteProcessor processor);

    /// <inheritdoc cref="ForEachByte(IByteProcessor)"/>
    int ForEachByte(int index, int length, IByteProcessor processor);

    /// <summary>Shows the readable bytes, last one first, to <paramref name="processor"/> until it answers false.</summary>
    /// <returns>The absolute index at which it did, or −1.</returns>
    int ForEachByteDesc(IByteProcessor processor);

    /// <inheritdoc cref="ForEachByteDesc(IByteProcessor)"/>
    int ForEachByteDesc(int index, int length, IByteProcessor processor);
}
