using System.Text;

namespace DotNetty.Buffers.Tests;

public sealed class UnpooledTests
{
    [Fact]
    public void Wrapping_shares_the_array()
    {
        var array = new byte[] { 1, 2, 3, 4 };

        var whole = Unpooled.WrappedBuffer(array);
        var part = Unpooled.WrappedBuffer(array, 1, 2);
        array[1] = 9;

        Assert.Equal("01090304", ByteBufferUtil.HexDump(whole));
        Assert.Equal("0903", ByteBufferUtil.HexDump(part));
        Assert.Same(array, whole.Array);
        Assert.Equal((1, 2), (part.ArrayOffset, part.MaxCapacity));
        Assert.True(part.Release());
    }

    [Fact]
    public void Wrapping_nothing_is_the_empty_buffer()
    {
        var unread = Unpooled.Buffer(4);

        Assert.Same(Unpooled.Empty, Unpooled.WrappedBuffer(Array.Empty<byte>()));
        Assert.Same(Unpooled.Empty, Unpooled.WrappedBuffer(new byte[3], 2, 0));
        Assert.Same(Unpooled.Empty, Unpooled.WrappedBuffer(Array.Empty<byte[]>()));
        Assert.Same(Unpooled.Empty, Unpooled.CopiedBuffer(Array.Empty<byte>()));
        Assert.Same(Unpooled.Empty, Unpooled.WrappedBuffer(unread));
        Assert.Equal(0, unread.ReferenceCount);
    }

    [Fact]
    public void Several_buffers_are_wrapped_into_one_that_owns_them()
    {
        IByteBuffer[] parts = [Bytes(1, 2), Unpooled.Buffer(2), Bytes(3)];

        var buffer = Unpooled.WrappedBuffer(parts);

        Assert.Equal("010203", ByteBufferUtil.HexDump(buffer));
        Assert.Equal([1, 0, 1], parts.Select(part => part.ReferenceCount));
        Assert.True(buffer.Release());
        Assert.All(parts, part => Assert.Equal(0, part.ReferenceCount));
    }

    [Fact]
    public void A_single_filled_buffer_needs_no_composite()
    {
        var part = Bytes(0, 1, 2).SkipBytes(1);

        var buffer = Unpooled.WrappedBuffer(part, Unpooled.Empty);

        Assert.IsNotType<CompositeByteBuffer>(buffer);
        Assert.Equal("0102", ByteBufferUtil.HexDump(buffer));
        Assert.True(buffer.Release());
        Assert.Equal(0, part.ReferenceCount);
    }

    [Fact]
    public void Several_arrays_are_wrapped_into_one()
    {
        var buffer = Unpooled.WrappedBuffer(new byte[] { 1 }, [], new byte[] { 2, 3 });

        Assert.Equal("010203", ByteBufferUtil.HexDump(buffer));
        Assert.Equal(2, Assert.IsType<CompositeByteBuffer>(buffer).NumComponents);
        Assert.Equal(1, Assert.IsType<CompositeByteBuffer>(Unpooled.WrappedBuffer(1, [1], [2])).NumComponents);
    }

    [Fact]
    public void Copying_shares_nothing()
    {
        var array = new byte[] { 1, 2, 3 };
        var source = Unpooled.WrappedBuffer(array).SkipBytes(1);

        IByteBuffer[] copies = [Unpooled.CopiedBuffer(array, 1, 2), Unpooled.CopiedBuffer(source), Unpooled.CopiedBuffer(source, Unpooled.Empty)];
        array[1] = 9;

        Assert.All(copies, copy => Assert.Equal("0203", ByteBufferUtil.HexDump(copy)));
        Assert.Equal(1, source.ReaderIndex);
        Assert.Equal("010903010903", ByteBufferUtil.HexDump(Unpooled.CopiedBuffer(array, array)));
    }

    [Fact]
    public void Characters_are_encoded()
    {
        Assert.Equal("6162", ByteBufferUtil.HexDump(Unpooled.CopiedBuffer("ab", Encoding.ASCII)));
        Assert.Equal("6200", ByteBufferUtil.HexDump(Unpooled.CopiedBuffer(['a', 'b', 'c'], 1, 1, Encoding.Unicode)));
    }

    [Fact]
    public void Numbers_become_buffers()
    {
        Assert.Equal("0001", ByteBufferUtil.HexDump(Unpooled.CopyShort(1)));
        Assert.Equal("00010002", ByteBufferUtil.HexDump(Unpooled.CopyShort(1, 2)));
        Assert.Equal("00030004", ByteBufferUtil.HexDump(Unpooled.CopyShort(new short[] { 3, 4 })));
        Assert.Equal("000001000002", ByteBufferUtil.HexDump(Unpooled.CopyMedium(1, 2)));
        Assert.Equal("0000000100000002", ByteBufferUtil.HexDump(Unpooled.CopyInt(1, 2)));
        Assert.Equal("0000000000000001", ByteBufferUtil.HexDump(Unpooled.CopyLong(1)));
        Assert.Equal("0100", ByteBufferUtil.HexDump(Unpooled.CopyBoolean(true, false)));
        Assert.Equal(1.5f, Unpooled.CopyFloat(1.5f).ReadFloat());
        Assert.Equal(2.5, Unpooled.CopyDouble(1.5, 2.5).SkipBytes(8).ReadDouble());
    }

    [Fact]
    public void Direct_buffers_are_pinned_and_still_arrays()
    {
        var buffer = Unpooled.DirectBuffer(8, 16);

        Assert.True(buffer.IsDirect);
        Assert.True(buffer.HasArray);
        Assert.False(Unpooled.Buffer().IsDirect);
        Assert.Equal((256, 256), (Unpooled.Buffer().Capacity, Unpooled.DirectBuffer().Capacity));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_allocator_counts_its_arrays(bool direct)
    {
        var alloc = new UnpooledByteBufferAllocator(direct);
        var buffer = alloc.Buffer(100);

        buffer.AdjustCapacity(300);
        var used = (alloc.Metric.UsedHeapMemory, alloc.Metric.UsedDirectMemory);
        buffer.Release();

        Assert.Equal(direct ? (0, 300) : (300, 0), used);
        Assert.Equal((0, 0), (alloc.Metric.UsedHeapMemory, alloc.Metric.UsedDirectMemory));
    }

    [Theory]
    [InlineData(0, int.MaxValue, 64)]
    [InlineData(65, int.MaxValue, 128)]
    [InlineData(1 << 20, int.MaxValue, 1 << 20)]
    [InlineData(4 << 20, int.MaxValue, 4 << 20)]
    [InlineData((4 << 20) + 1, int.MaxValue, 8 << 20)]
    [InlineData((8 << 20) + 1, int.MaxValue, 12 << 20)]
    [InlineData(100, 120, 120)]
    [InlineData(9 << 20, 10 << 20, 10 << 20)]
    [InlineData(int.MaxValue - 1, int.MaxValue, int.MaxValue)]
    public void Capacities_double_up_to_4_MiB_and_grow_by_4_MiB_from_there(int needed, int maximum, int capacity) =>
        Assert.Equal(capacity, UnpooledByteBufferAllocator.Default.CalculateNewCapacity(needed, maximum));

    [Fact]
    public void Impossible_capacities_are_refused()
    {
        var alloc = UnpooledByteBufferAllocator.Default;

        Assert.Throws<ArgumentOutOfRangeException>(() => alloc.CalculateNewCapacity(-1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => alloc.CalculateNewCapacity(11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => alloc.Buffer(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => alloc.DirectBuffer(11, 10));
    }

    private static IByteBuffer Bytes(params byte[] bytes) => Unpooled.WrappedBuffer(bytes);
}
