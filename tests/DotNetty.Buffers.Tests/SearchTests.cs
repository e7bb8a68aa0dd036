using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class SearchTests
{
    private static readonly byte[] Bytes = [10, 20, 30, 20, 10, 0, 40, 20];

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_index_is_found_forwards(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Bytes);

        Assert.Equal(1, buffer.IndexOf(0, 8, 20));
        Assert.Equal(3, buffer.IndexOf(2, 8, 20));
        Assert.Equal(7, buffer.IndexOf(4, 8, 20));
        Assert.Equal(-1, buffer.IndexOf(4, 7, 20));
        Assert.Equal(-1, buffer.IndexOf(0, 8, 99));
        Assert.Equal(-1, buffer.IndexOf(3, 3, 20));
        Assert.Equal(0, buffer.IndexOf(-5, 8, 10));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_last_index_is_found_backwards(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Bytes);

        Assert.Equal(7, buffer.IndexOf(8, 0, 20));
        Assert.Equal(3, buffer.IndexOf(7, 0, 20));
        Assert.Equal(1, buffer.IndexOf(3, 0, 20));
        Assert.Equal(-1, buffer.IndexOf(3, 2, 20));
        Assert.Equal(7, buffer.IndexOf(100, 0, 20));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_before_are_counted_from_where_the_search_begins(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Bytes).SkipBytes(2);

        Assert.Equal(1, buffer.BytesBefore(20));
        Assert.Equal(4, buffer.BytesBefore(40));
        Assert.Equal(-1, buffer.BytesBefore(30 + 1));
        Assert.Equal(-1, buffer.BytesBefore(4, 40));
        Assert.Equal(4, buffer.BytesBefore(5, 40));
        Assert.Equal(2, buffer.BytesBefore(1, 4, 20) + 2);
        Assert.Throws<IndexOutOfRangeException>(() => buffer.BytesBefore(7, 40));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_byte_is_shown_in_order_until_one_stops_it(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Bytes).SkipBytes(1);
        var seen = new List<byte>();

        var stopped = buffer.ForEachByte(new Visitor(value => Add(seen, value) && value != 0));

        Assert.Equal(5, stopped);
        Assert.Equal(Bytes[1..6], seen);
        Assert.Equal(-1, buffer.ForEachByte(new Visitor(_ => true)));
        Assert.Equal(3, buffer.ForEachByte(2, 4, new Visitor(value => value != 20)));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_byte_is_shown_backwards_until_one_stops_it(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Bytes).SkipBytes(1);
        var seen = new List<byte>();

        var stopped = buffer.ForEachByteDesc(new Visitor(value => Add(seen, value) && value != 0));

        Assert.Equal(5, stopped);
        Assert.Equal(new byte[] { 20, 40, 0 }, seen);
        Assert.Equal(-1, buffer.ForEachByteDesc(new Visitor(_ => true)));
        Assert.Equal(3, buffer.ForEachByteDesc(1, 4, new Visitor(value => value != 20)));
        buffer.Release();
    }

    private static bool Add(List<byte> seen, byte value)
    {
        seen.Add(value);
        return true;
    }

    private sealed class Visitor(Func<byte, bool> visit) : IByteProcessor
    {
        public bool Process(byte value) => visit(value);
    }
}
