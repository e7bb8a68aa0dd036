#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    private const int NotFound = -1;

    public virtual int IndexOf(int fromIndex, int toIndex, byte value) =>
        fromIndex <= toIndex ? FirstIndexOf(Math.Max(fromIndex, 0), toIndex, value) : LastIndexOf(Math.Min(fromIndex, Capacity), toIndex, value);

    public int BytesBefore(byte value) => BytesBefore(ReaderIndex, ReadableBytes, value);

    public int BytesBefore(int length, byte value)
    {
        CheckReadableBytes(length);
        return BytesBefore(ReaderIndex, length, value);
    }

    public virtual int BytesBefore(int index, int length, byte value)
    {
        CheckIndex(index, length);
        var found = IndexOf(index, index + length, value);
        return found < 0 ? NotFound : found - index;
    }

    public virtual int ForEachByte(IByteProcessor processor) => ForEachByte(_readerIndex, ReadableBytes, processor);

    public virtual int ForEachByte(int index, int length, IByteProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(processor);
        CheckIndex(index, length);
        for (var end = index + length; index < end; index++)
        {
            if (!processor.Process(_GetByte(index)))
                return index;
        }

        return NotFound;
    }

    public virtual int ForEachByteDesc(IByteProcessor processor) => ForEachByteDesc(_readerIndex, ReadableBytes, processor);

    public virtual int ForEachByteDesc(int index, int length, IByteProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(processor);
        CheckIndex(index, length);
        for (var i = index + length - 1; i >= index; i--)
        {
            if (!processor.Process(_GetByte(i)))
                return i;
        }

        return NotFound;
    }

    /// <summary>The first <paramref name="value"/> in a range that has been checked, or −1.</summary>
    internal virtual int FindFirst(int from, int to, byte value)
    {
        for (; from < to; from++)
        {
            if (_GetByte(from) == value)
                return from;
        }

        return NotFound;
    }

    /// <summary>The last <paramref name="value"/> in a range that has been checked, or −1.</summary>
    internal virtual int FindLast(int from, int to, byte value)
    {
        for (var i = to - 1; i >= from; i--)
        {
            if (_GetByte(i) == value)
                return i;
        }

        return NotFound;
    }

    private int FirstIndexOf(int from, int to, byte value)
    {
        if (from >= to)
            return NotFound;
        CheckIndex(from, to - from);
        return FindFirst(from, to, value);
    }

    private int LastIndexOf(int from, int to, byte value)
    {
        to = Math.Max(to, 0);
        if (from <= to)
            return NotFound;
        CheckIndex(to, from - to);
        return FindLast(to, from, value);
    }
}
