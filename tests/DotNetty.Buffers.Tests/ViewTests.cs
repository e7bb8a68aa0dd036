using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class ViewTests
{
    private static readonly byte[] Seven = [1, 2, 3, 4, 5, 6, 7];

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    public static TheoryData<BufferKind> Counting => new(Enum.GetValues<BufferKind>().Where(kind => kind != BufferKind.Unreleasable));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slice_shares_the_storage_and_has_its_own_indices(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        var slice = buffer.SkipBytes(1).Slice(2, 4);
        slice.SetByte(0, 33);
        buffer.SetByte(5, 66);
        slice.SkipBytes(2);

        Assert.Equal((4, 4), (slice.Capacity, slice.MaxCapacity));
        Assert.Equal(33, buffer.GetByte(2));
        Assert.Equal("0542", ByteBufferUtil.HexDump(slice));
        Assert.Equal(1, buffer.ReaderIndex);
        Assert.Equal("020304050607".Replace("03", "21", StringComparison.Ordinal).Replace("06", "42", StringComparison.Ordinal), ByteBufferUtil.HexDump(buffer.Slice()));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slice_reaches_no_byte_outside_of_it(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        var slice = buffer.Slice(2, 3);

        Assert.Throws<IndexOutOfRangeException>(() => slice.GetByte(3));
        Assert.Throws<IndexOutOfRangeException>(() => slice.GetByte(-1));
        Assert.Throws<IndexOutOfRangeException>(() => slice.GetInt(0));
        Assert.Throws<IndexOutOfRangeException>(() => slice.SetShort(2, 0));
        Assert.Throws<IndexOutOfRangeException>(() => slice.Slice(1, 3));
        Assert.Throws<IndexOutOfRangeException>(() => slice.WriteByte(0));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_slice_of_a_slice_shows_the_same_storage(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        var inner = buffer.Slice(1, 5).Slice(1, 3).Duplicate();
        inner.SetByte(1, 99);

        Assert.Equal(99, buffer.GetByte(3));
        Assert.Equal("036305", ByteBufferUtil.HexDump(inner));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_duplicate_begins_with_the_same_indices_and_keeps_its_own(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SkipBytes(2);

        var duplicate = buffer.Duplicate();
        duplicate.SkipBytes(3).SetByte(0, 11);

        Assert.Equal((5, 7), (duplicate.ReaderIndex, duplicate.WriterIndex));
        Assert.Equal(2, buffer.ReaderIndex);
        Assert.Equal(11, buffer.GetByte(0));
        buffer.Release();
    }

    [Theory]
    [InlineData(BufferKind.Pooled)]
    [InlineData(BufferKind.UnpooledHeap)]
    [InlineData(BufferKind.CompositeOfMany)]
    public void Views_follow_a_buffer_that_grows(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        var slice = buffer.Slice(2, 3);
        var retained = buffer.RetainedSlice(2, 3);
        var duplicate = buffer.Duplicate();

        buffer.WriteBytes(new byte[100_000]);
        buffer.SetByte(2, 50);

        Assert.Equal(50, slice.GetByte(0));
        Assert.Equal(50, duplicate.GetByte(2));
        Assert.Equal("0405", ByteBufferUtil.HexDump(retained, 1, 2));
        Assert.True(duplicate.Capacity > 100_000);
        retained.Release();
        buffer.Release();
    }

    [Theory]
    [InlineData(BufferKind.Pooled)]
    [InlineData(BufferKind.UnpooledHeap)]
    public void A_view_does_not_reach_past_a_buffer_that_has_shrunk(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        var slice = buffer.Slice(2, 5);

        buffer.AdjustCapacity(4);

        Assert.Equal(4, slice.GetByte(1));
        Assert.Throws<IndexOutOfRangeException>(() => slice.GetByte(2));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void Plain_views_share_the_reference_count(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        IByteBuffer[] views = [buffer.Slice(), buffer.Slice(1, 2), buffer.Duplicate(), buffer.ReadSlice(3), buffer.Slice(0, 5).Slice(1, 2)];

        Assert.All(views, view => Assert.Equal(1, view.ReferenceCount));
        views[0].Retain();
        Assert.Equal(2, buffer.ReferenceCount);
        Assert.False(views[1].Release());
        Assert.True(views[2].Release());
        Assert.Equal(0, buffer.ReferenceCount);
        Assert.All(views, view => Assert.Throws<IllegalReferenceCountException>(() => view.GetByte(0)));
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void Retained_views_keep_the_storage_after_the_buffer_was_released(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        IByteBuffer[] views = [buffer.RetainedSlice(), buffer.RetainedSlice(0, 7), buffer.RetainedDuplicate(), buffer.Duplicate().ReadRetainedSlice(7)];

        Assert.False(buffer.Release() && kind != BufferKind.CompositeOfOne && kind != BufferKind.RetainedSlice && kind != BufferKind.RetainedDuplicate);

        foreach (var view in views)
        {
            Assert.Equal("01020304050607", ByteBufferUtil.HexDump(view));
            view.Release();
        }

        Assert.Equal(0, views[^1].ReferenceCount);
    }

    [Fact]
    public void A_retained_slice_counts_its_own_owners()
    {
        var buffer = Unpooled.WrappedBuffer(Seven);
        var slice = buffer.RetainedSlice(1, 3);

        slice.Retain();

        Assert.Equal((2, 2), (buffer.ReferenceCount, slice.ReferenceCount));
        Assert.False(slice.Release());
        Assert.True(slice.Release());
        Assert.Equal(1, buffer.ReferenceCount);
        Assert.Throws<IllegalReferenceCountException>(() => slice.GetByte(0));
        Assert.Throws<IllegalReferenceCountException>(() => slice.Release());
        Assert.True(buffer.Release());
    }

    [Fact]
    public void Nothing_released_of_a_retained_slice_answers_with_old_storage()
    {
        var buffer = Unpooled.WrappedBuffer(Seven);
        var slice = buffer.RetainedSlice(1, 3);
        slice.Release();

        Assert.Equal(0, slice.StorageSize);
        Assert.Throws<IllegalReferenceCountException>(() => slice.ReadableSpan.Length);
        Assert.Throws<IllegalReferenceCountException>(() => slice.Array);
        Assert.EndsWith("(freed)", slice.ToString(), StringComparison.Ordinal);
        buffer.Release();
    }

    [Fact]
    public void A_slice_keeps_the_whole_storage_alive_and_says_so()
    {
        var buffer = PooledByteBufferAllocator.Default.Buffer(60_000);

        Assert.Equal(65_536, buffer.StorageSize);
        Assert.Equal(65_536, buffer.Slice(0, 1).StorageSize);
        Assert.Equal(65_536 + 100, Unpooled.CompositeBuffer().AddComponents(buffer, Unpooled.Buffer(100)).StorageSize);
        buffer.Release();
    }
}
