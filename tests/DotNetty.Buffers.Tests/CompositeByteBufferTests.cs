using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class CompositeByteBufferTests
{
    [Fact]
    public void The_writer_index_moves_only_where_it_is_asked_for()
    {
        var composite = Unpooled.CompositeBuffer();

        composite.AddComponent(Bytes(1, 2)).AddComponent(true, Bytes(3, 4, 5));

        Assert.Equal((5, 3, 2), (composite.Capacity, composite.WriterIndex, composite.NumComponents));
        Assert.Equal("010203", ByteBufferUtil.HexDump(composite));
        composite.Release();
    }

    [Fact]
    public void Only_what_is_readable_of_a_buffer_becomes_a_component()
    {
        var part = Bytes(1, 2, 3, 4).SkipBytes(1).SetWriterIndex(3);

        var composite = Unpooled.CompositeBuffer().AddComponent(true, part);

        Assert.Equal("0203", ByteBufferUtil.HexDump(composite));
        Assert.Equal(2, composite.Capacity);
        composite.Release();
    }

    [Fact]
    public void Components_are_inserted_where_they_are_wanted()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1), Bytes(4));

        composite.AddComponents(1, Bytes(2), Bytes(3));
        composite.AddComponent(true, 0, Bytes(0));
        composite.SetWriterIndex(composite.Capacity);

        Assert.Equal("0001020304", ByteBufferUtil.HexDump(composite));
        Assert.Equal((3, 2), (composite.ToByteIndex(3), composite.ToComponentIndex(2)));
        Assert.Throws<IndexOutOfRangeException>(() => composite.AddComponent(9, Bytes(1)));
        composite.Release();
    }

    [Fact]
    public void Releasing_it_releases_its_components()
    {
        IByteBuffer[] parts = [Bytes(1), PooledByteBufferAllocator.Default.Buffer(8).WriteByte(1), Bytes(3)];
        var composite = Unpooled.CompositeBuffer().AddComponents(true, parts);

        Assert.True(composite.Release());

        Assert.All(parts, part => Assert.Equal(0, part.ReferenceCount));
        Assert.Throws<IllegalReferenceCountException>(() => composite.InternalComponent(0));
    }

    [Fact]
    public void A_buffer_that_cannot_be_added_is_released()
    {
        var composite = Unpooled.CompositeBuffer();
        composite.Release();
        var part = Bytes(1);

        Assert.Throws<IllegalReferenceCountException>(() => composite.AddComponent(part));

        Assert.Equal(0, part.ReferenceCount);
    }

    [Fact]
    public void All_of_several_buffers_are_released_when_one_cannot_be_added()
    {
        var composite = Unpooled.CompositeBuffer();
        composite.Release();
        IByteBuffer[] parts = [Bytes(1), Bytes(2), Bytes(3)];

        Assert.Throws<IllegalReferenceCountException>(() => composite.AddComponents(true, parts));

        Assert.All(parts, part => Assert.Equal(0, part.ReferenceCount));
    }

    [Fact]
    public void More_components_than_the_maximum_are_merged()
    {
        IByteBuffer[] parts = [Bytes(1), Bytes(2), Bytes(3)];

        var composite = Unpooled.CompositeBuffer(2).AddComponents(true, parts);

        Assert.Equal(1, composite.NumComponents);
        Assert.Equal("010203", ByteBufferUtil.HexDump(composite));
        Assert.All(parts, part => Assert.Equal(0, part.ReferenceCount));
        composite.Release();
    }

    [Fact]
    public void Consolidating_a_part_leaves_the_rest()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1), Bytes(2, 3), Bytes(4), Bytes(5));

        composite.Consolidate(1, 2);

        Assert.Equal(3, composite.NumComponents);
        Assert.Equal("0102030405", ByteBufferUtil.HexDump(composite));
        Assert.Equal("020304", ByteBufferUtil.HexDump(composite[1]));
        Assert.Equal(1, composite.Consolidate().NumComponents);
        Assert.True(composite.IsContiguous);
        composite.Release();
    }

    [Fact]
    public void Removing_components_releases_them_and_moves_the_rest_up()
    {
        IByteBuffer[] parts = [Bytes(1), Bytes(2, 3), Bytes(4), Bytes(5)];
        var composite = Unpooled.CompositeBuffer().AddComponents(true, parts);

        composite.RemoveComponents(1, 2);

        Assert.Equal([1, 0, 0, 1], parts.Select(part => part.ReferenceCount));
        Assert.Equal((2, 2), (composite.Capacity, composite.WriterIndex));
        Assert.Equal("0105", ByteBufferUtil.HexDump(composite));
        Assert.Equal(1, composite.RemoveComponent(0).NumComponents);
        Assert.Throws<IndexOutOfRangeException>(() => composite.RemoveComponent(1));
        composite.Release();
    }

    [Fact]
    public void Read_components_are_released_and_indices_and_marks_follow()
    {
        IByteBuffer[] parts = [Bytes(1, 2), Bytes(3, 4), Bytes(5, 6)];
        var composite = Unpooled.CompositeBuffer().AddComponents(true, parts);
        composite.SetReaderIndex(3).MarkReaderIndex();

        composite.DiscardReadComponents();

        Assert.Equal([0, 1, 1], parts.Select(part => part.ReferenceCount));
        Assert.Equal((1, 4, 4), (composite.ReaderIndex, composite.WriterIndex, composite.Capacity));
        Assert.Equal("040506", ByteBufferUtil.HexDump(composite));
        Assert.Equal(1, composite.SkipBytes(2).ResetReaderIndex().ReaderIndex);
        composite.Release();
    }

    [Fact]
    public void Discarding_read_bytes_cuts_the_first_component()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1, 2), Bytes(3, 4, 5));
        composite.SetReaderIndex(3);

        composite.DiscardReadBytes();

        Assert.Equal((0, 2, 2), (composite.ReaderIndex, composite.WriterIndex, composite.Capacity));
        Assert.Equal("0405", ByteBufferUtil.HexDump(composite));
        composite.Release();
    }

    [Fact]
    public void Everything_read_leaves_nothing()
    {
        var part = Bytes(1, 2);
        var composite = Unpooled.CompositeBuffer().AddComponent(true, part);
        composite.SkipBytes(2);

        composite.DiscardReadBytes();

        Assert.Equal((0, 0, 0, 0), (composite.NumComponents, composite.ReaderIndex, composite.WriterIndex, part.ReferenceCount));
        composite.Release();
    }

    [Fact]
    public void Decomposing_gives_the_parts_of_a_region()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1, 2), Bytes(3, 4), Bytes(5, 6));

        var parts = composite.Decompose(1, 4);

        Assert.Equal(["02", "0304", "05"], parts.Select(ByteBufferUtil.HexDump));
        composite.Release();
    }

    [Fact]
    public void Components_are_found_by_place_and_by_offset()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1, 2), Bytes(3, 4));

        Assert.Equal("0304", ByteBufferUtil.HexDump(composite[1]));
        Assert.Same(composite.InternalComponent(0), composite.InternalComponentAtOffset(1));
        Assert.Equal("0102", ByteBufferUtil.HexDump(composite.ComponentAtOffset(0)));
        Assert.Equal(["0102", "0304"], composite.Select(ByteBufferUtil.HexDump));
        Assert.Throws<IndexOutOfRangeException>(() => composite.ComponentAtOffset(4));
        Assert.Throws<IndexOutOfRangeException>(() => composite[2]);
        composite.Release();
    }

    [Fact]
    public void A_smaller_capacity_releases_what_lies_behind_it()
    {
        IByteBuffer[] parts = [Bytes(1, 2), Bytes(3, 4), Bytes(5, 6)];
        var composite = Unpooled.CompositeBuffer().AddComponents(true, parts);

        composite.AdjustCapacity(3);

        Assert.Equal([1, 1, 0], parts.Select(part => part.ReferenceCount));
        Assert.Equal("010203", ByteBufferUtil.HexDump(composite));
        composite.Release();
    }

    [Fact]
    public void A_retained_slice_within_one_component_keeps_no_other_alive()
    {
        IByteBuffer[] parts = [Bytes(1, 2), Bytes(3, 4, 5)];
        var composite = Unpooled.CompositeBuffer().AddComponents(true, parts);

        var slice = composite.RetainedSlice(3, 2);
        composite.Release();

        Assert.Equal([0, 1], parts.Select(part => part.ReferenceCount));
        Assert.Equal("0405", ByteBufferUtil.HexDump(slice));
        slice.Release();
        Assert.Equal(0, parts[1].ReferenceCount);
    }

    [Fact]
    public void A_slice_within_one_component_is_one_region()
    {
        var composite = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1, 2), Bytes(3, 4, 5));

        var within = composite.Slice(2, 2);
        var across = composite.Slice(1, 2);

        Assert.Equal((true, false), (within.IsContiguous, across.IsContiguous));
        Assert.Equal([3, 4], within.ReadableSpan.ToArray());
        Assert.Equal((1, 2, 2), (within.IoBufferCount, across.IoBufferCount, composite.IoBufferCount));
        composite.Release();
    }

    [Fact]
    public void An_empty_composite_is_an_empty_buffer()
    {
        var composite = Unpooled.CompositeBuffer();

        Assert.Equal((0, 1, true), (composite.Capacity, composite.IoBufferCount, composite.HasArray));
        Assert.True(composite.ReadableSpan.IsEmpty);
        Assert.True(composite.ReadableSequence.IsEmpty);
        Assert.True(composite.Equals(Unpooled.Empty));
        Assert.Throws<IndexOutOfRangeException>(() => composite.ReadByte());
        composite.Release();
    }

    [Fact]
    public void Composites_nest()
    {
        var inner = Unpooled.CompositeBuffer().AddComponents(true, Bytes(1, 2), Bytes(3));
        var outer = Unpooled.CompositeBuffer().AddComponents(true, Bytes(0), inner, Bytes(4));

        Assert.Equal(0x00010203, outer.GetInt(0));
        Assert.Equal(4, outer.IoBufferCount);
        Assert.Equal("0001020304", ByteBufferUtil.HexDump(outer));
        outer.SetWriterIndex(1).GetWritableSpan(3)[..3].Fill(9);
        Assert.Equal("0009090904", ByteBufferUtil.HexDump(outer.SetWriterIndex(5)));
        outer.Release();
        Assert.Equal(0, inner.ReferenceCount);
    }

    [Fact]
    public void It_does_not_accept_less_than_one_component() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Unpooled.CompositeBuffer(0));

    private static IByteBuffer Bytes(params byte[] bytes) => Unpooled.WrappedBuffer(bytes);
}
