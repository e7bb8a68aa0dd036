namespace DotNetty.Buffers.Tests;

public sealed class IndexTests
{
    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    public static TheoryData<BufferKind> Growing => BufferKinds.Growing;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_new_buffer_has_room_and_nothing_to_read(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10);

        Assert.Equal((10, 0, 0), (buffer.Capacity, buffer.ReaderIndex, buffer.WriterIndex));
        Assert.Equal((0, 10), (buffer.ReadableBytes, buffer.WritableBytes));
        Assert.False(buffer.IsReadable());
        Assert.True(buffer.IsWritable());
        Assert.True(buffer.IsWritable(10));
        Assert.False(buffer.IsWritable(11));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_reader_index_stays_within_zero_and_the_writer_index(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10).SetWriterIndex(5);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetReaderIndex(-1));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetReaderIndex(6));
        Assert.Equal(5, buffer.SetReaderIndex(5).ReaderIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_writer_index_stays_within_the_reader_index_and_the_capacity(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10).SetIndex(3, 5);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetWriterIndex(2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetWriterIndex(11));
        Assert.Equal(10, buffer.SetWriterIndex(10).WriterIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_indices_are_set_together_or_not_at_all(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10).SetIndex(3, 5);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetIndex(6, 5));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetIndex(-1, 5));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetIndex(1, 11));
        Assert.Equal((3, 5), (buffer.ReaderIndex, buffer.WriterIndex));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reading_past_the_writer_index_throws_and_moves_nothing(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 16).SetIndex(0, 1);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadShort());
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadUnsignedMedium());
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadInt());
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadLongLE());
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadBytes(new byte[2]));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadBytes(2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadSlice(2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadRetainedSlice(2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SkipBytes(2));
        Assert.Equal(0, buffer.ReaderIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Getting_and_setting_outside_of_the_capacity_throws(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetByte(-1));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetByte(8));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetShort(7));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetUnsignedMedium(6));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetInt(5));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetLong(1));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetByte(8, 0));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetShort(7, 0));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetMedium(6, 0));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetInt(int.MaxValue, 0));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetLong(-1, 0));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetZero(4, 5));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetBytes(4, new byte[5]));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetBytes(4, new byte[5]));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.GetBytes(0, new byte[5], 4, 2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetBytes(0, new byte[5], 4, 2));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.Slice(4, 5));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.Copy(4, 5));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_negative_length_is_refused(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8).SetWriterIndex(8);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.SkipBytes(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.ReadBytes(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.EnsureWritable(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.WriteZero(-1));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Null_is_refused(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Throws<ArgumentNullException>(() => buffer.WriteBytes((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => buffer.WriteBytes((IByteBuffer)null!));
        Assert.Throws<ArgumentNullException>(() => buffer.GetBytes(0, (byte[])null!));
        Assert.Throws<ArgumentNullException>(() => buffer.ReadBytes((IByteBuffer)null!));
        Assert.Throws<ArgumentNullException>(() => buffer.WriteString(null!, System.Text.Encoding.UTF8));
        Assert.Throws<ArgumentNullException>(() => buffer.ForEachByte(null!));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Marks_are_gone_back_to(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 10).SetIndex(2, 6).MarkReaderIndex().MarkWriterIndex().SetIndex(5, 9);

        buffer.ResetReaderIndex();
        buffer.ResetWriterIndex();

        Assert.Equal((2, 6), (buffer.ReaderIndex, buffer.WriterIndex));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Clear_sets_the_indices_and_keeps_the_bytes(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, 1, 2, 3).SkipBytes(1).Clear();

        Assert.Equal((0, 0), (buffer.ReaderIndex, buffer.WriterIndex));
        Assert.Equal(2, buffer.GetByte(1));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Discarding_moves_what_is_unread_to_the_front(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);
        buffer.WriteBytes(new byte[] { 1, 2, 3, 4, 5, 6, 7 }).SetReaderIndex(4).MarkReaderIndex();

        buffer.DiscardReadBytes();

        Assert.Equal((0, 3), (buffer.ReaderIndex, buffer.WriterIndex));
        Assert.Equal(new byte[] { 5, 6, 7 }, Bytes(buffer));
        Assert.Equal(0, buffer.SkipBytes(2).ResetReaderIndex().ReaderIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Discarding_some_keeps_what_is_unread(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 20);
        for (var i = 0; i < 20; i++)
            buffer.WriteByte(i);

        buffer.SetReaderIndex(12).DiscardSomeReadBytes();

        Assert.Equal(8, buffer.ReadableBytes);
        Assert.InRange(buffer.ReaderIndex, 0, 12);
        Assert.Equal(new byte[] { 12, 13, 14, 15, 16, 17, 18, 19 }, Bytes(buffer));
        buffer.Release();
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 0)]
    public void Discarding_some_waits_until_half_of_the_capacity_has_been_read(int read, int left)
    {
        var buffer = Unpooled.Buffer(20).SetIndex(read, 15);

        buffer.DiscardSomeReadBytes();

        Assert.Equal(left, buffer.ReaderIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void Writing_past_the_capacity_grows_and_keeps_the_bytes(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        for (var i = 0; i < 5000; i++)
            buffer.WriteInt(i);

        Assert.True(buffer.Capacity >= 20000);
        for (var i = 0; i < 5000; i++)
            Assert.Equal(i, buffer.ReadInt());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void A_smaller_capacity_pulls_the_indices_back(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 64).SetIndex(30, 60);

        buffer.AdjustCapacity(20);

        Assert.Equal((20, 20, 20), (buffer.Capacity, buffer.ReaderIndex, buffer.WriterIndex));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void Adjusting_the_capacity_keeps_what_fits(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 1000);
        for (var i = 0; i < 250; i++)
            buffer.WriteInt(i);

        buffer.AdjustCapacity(100).AdjustCapacity(70_000).AdjustCapacity(100);

        Assert.Equal(100, buffer.ReadableBytes);
        for (var i = 0; i < 25; i++)
            Assert.Equal(i, buffer.ReadInt());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void A_capacity_outside_of_the_bounds_is_refused(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.AdjustCapacity(-1));
        buffer.Release();
    }

    [Theory]
    [InlineData(BufferKind.Wrapped)]
    [InlineData(BufferKind.Slice)]
    [InlineData(BufferKind.RetainedSlice)]
    [InlineData(BufferKind.SliceOfComposite)]
    public void What_cannot_grow_refuses_to_be_written_past_its_end(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Equal(8, buffer.MaxCapacity);
        Assert.Equal(8, buffer.MaxWritableBytes);
        Assert.Throws<IndexOutOfRangeException>(() => buffer.WriteBytes(new byte[9]));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.EnsureWritable(9));
        Assert.Equal(1, buffer.EnsureWritable(9, false));
        Assert.Equal(0, buffer.WriterIndex);
        buffer.Release();
    }

    [Theory]
    [InlineData(4, false, 0, 8)]
    [InlineData(8, false, 0, 8)]
    [InlineData(9, false, 2, 20)]
    [InlineData(20, false, 2, 20)]
    [InlineData(21, false, 1, 8)]
    [InlineData(21, true, 3, 20)]
    public void Making_room_answers_what_it_did(int wanted, bool force, int answer, int capacity)
    {
        var buffer = Unpooled.Buffer(8, 20);

        Assert.Equal(answer, buffer.EnsureWritable(wanted, force));

        Assert.Equal(capacity, buffer.Capacity);
        Assert.Equal(answer is 0 or 2, ByteBufferUtil.EnsureWritableSuccess(answer));
        buffer.Release();
    }

    [Fact]
    public void Making_room_by_force_answers_1_when_the_buffer_is_at_its_maximum_already()
    {
        var buffer = Unpooled.Buffer(8, 8);

        Assert.Equal(1, buffer.EnsureWritable(9, true));
        buffer.Release();
    }

    private static byte[] Bytes(IByteBuffer buffer)
    {
        var bytes = new byte[buffer.ReadableBytes];
        buffer.GetBytes(buffer.ReaderIndex, bytes);
        return bytes;
    }
}
