using System.Buffers;

namespace DotNetty.Buffers.Tests;

public sealed class BytesTests
{
    private static readonly byte[] Seven = [1, 2, 3, 4, 5, 6, 7];

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    public static TheoryData<BufferKind> Growing => BufferKinds.Growing;

    public static TheoryData<BufferKind> Contiguous => BufferKinds.Contiguous;

    public static TheoryData<BufferKind, BufferKind> Pairs
    {
        get
        {
            var pairs = new TheoryData<BufferKind, BufferKind>();
            foreach (var from in Enum.GetValues<BufferKind>())
            {
                foreach (var to in Enum.GetValues<BufferKind>())
                    pairs.Add(from, to);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Arrays_go_in_and_come_out(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 12);
        var read = new byte[9];

        buffer.WriteBytes(Seven).WriteBytes(Seven, 2, 3).SetBytes(0, new byte[] { 9, 8 });
        buffer.ReadBytes(read, 1, 8).ReadBytes(read, 0, 1);

        Assert.Equal(new byte[] { 4, 9, 8, 3, 4, 5, 6, 7, 3 }, read);
        Assert.Equal((9, 10), (buffer.ReaderIndex, buffer.WriterIndex));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Spans_go_in_and_come_out(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 12);
        Span<byte> read = stackalloc byte[3];

        buffer.WriteBytes("seven by"u8).GetBytes(3, read);

        Assert.True(read.SequenceEqual("en "u8));
        Assert.Equal(8, buffer.WriterIndex);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Bytes_are_copied_between_all_kinds(BufferKind from, BufferKind to)
    {
        var source = BufferKinds.Of(from, Seven);
        var target = BufferKinds.New(to, 21);

        target.WriteBytes(source, 3).WriteBytes(source, 1, 2).WriteBytes(source);
        source.SetReaderIndex(0).ReadBytes(target, 2).GetBytes(3, target, 3);
        source.GetBytes(0, target, 0, 2).ReadBytes(target, 2, 1);
        target.SetBytes(3, source, 5, 2).SetBytes(5, source, 1);

        Assert.Equal("0102030607040506070102040506", ByteBufferUtil.HexDump(target));
        Assert.Equal(4, source.ReaderIndex);
        source.Release();
        target.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Too_much_for_the_other_buffer_is_refused(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        var small = Unpooled.Buffer(3, 3);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.ReadBytes(small, 4));
        Assert.Throws<IndexOutOfRangeException>(() => small.WriteBytes(buffer, 4));
        Assert.Throws<IndexOutOfRangeException>(() => small.WriteBytes(buffer, 8));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.SetBytes(0, small, 1));
        Assert.Equal((0, 0), (buffer.ReaderIndex, small.WriterIndex));
        Assert.Equal(3, buffer.ReadBytes(small).ReaderIndex);
        buffer.Release();
        small.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_buffer_read_out_is_a_copy(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        var copy = buffer.SkipBytes(1).ReadBytes(4);
        buffer.SetByte(1, 99);

        Assert.Equal("02030405", ByteBufferUtil.HexDump(copy));
        Assert.Equal(5, buffer.ReaderIndex);
        Assert.Equal(1, copy.ReferenceCount);
        copy.Release();
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_copy_shares_nothing(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SkipBytes(2);

        var copy = buffer.Copy();
        var part = buffer.Copy(1, 3);
        buffer.SetZero(0, 7);

        Assert.Equal("0304050607", ByteBufferUtil.HexDump(copy));
        Assert.Equal("020304", ByteBufferUtil.HexDump(part));
        Assert.Equal(0, copy.ReaderIndex);
        copy.Release();
        part.Release();
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Zeros_overwrite(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SetZero(2, 4);

        Assert.Equal("01020000000007", ByteBufferUtil.HexDump(buffer));
        Assert.Equal("00000000", ByteBufferUtil.HexDump(buffer.SetIndex(0, 0).WriteZero(4)));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Streams_fill_and_are_filled(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 14);
        using var source = new TricklingStream(Seven);
        using var target = new MemoryStream();

        await buffer.WriteBytesAsync(source, 6);
        var rest = await buffer.SetBytesAsync(6, source, 8, CancellationToken.None);
        buffer.ReadBytes(target, 2).GetBytes(2, target, 5);

        Assert.Equal(1, rest);
        Assert.Equal((2, 6), (buffer.ReaderIndex, buffer.WriterIndex));
        Assert.Equal(Seven, target.ToArray());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_regions_together_are_the_readable_bytes(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SkipBytes(1);

        var regions = buffer.GetIoBuffers();
        var sequence = buffer.ReadableSequence;
        List<ArraySegment<byte>> added = [new([0])];
        buffer.AddIoBuffersTo(added);

        Assert.Equal(Seven[1..], regions.SelectMany(region => region));
        Assert.Equal(Seven[1..], sequence.ToArray());
        Assert.Equal([0, .. Seven[1..]], added.SelectMany(region => region));
        Assert.Equal(Seven[1..], buffer.GetIoBuffer().ToArray());
        Assert.Equal(Seven[2..5], buffer.GetIoBuffers(2, 3).SelectMany(region => region));
        Assert.Equal(Seven[2..5], buffer.GetIoBuffer(2, 3).ToArray());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Contiguous))]
    public void One_region_shows_as_span_memory_and_array(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SkipBytes(1);

        Assert.True(buffer.IsContiguous);
        Assert.Equal(1, buffer.IoBufferCount);
        Assert.True(buffer.ReadableSpan.SequenceEqual(Seven.AsSpan(1)));
        Assert.True(buffer.ReadableMemory.Span.SequenceEqual(Seven.AsSpan(1)));
        Assert.True(buffer.HasArray);
        Assert.Equal(Seven, buffer.Array.AsSpan(buffer.ArrayOffset, 7).ToArray());
        buffer.GetPinnableMemoryAddress() = 42;
        Assert.Equal(42, buffer.GetByte(0));
        buffer.Release();
    }

    [Theory]
    [InlineData(BufferKind.CompositeOfMany)]
    [InlineData(BufferKind.SliceOfComposite)]
    [InlineData(BufferKind.DuplicateOfComposite)]
    public void Several_regions_show_as_a_sequence_only(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        Assert.False(buffer.IsContiguous);
        Assert.Throws<InvalidOperationException>(() => buffer.ReadableSpan.Length);
        Assert.Throws<InvalidOperationException>(() => buffer.ReadableMemory.Length);
        Assert.False(buffer.HasArray);
        Assert.Throws<NotSupportedException>(() => buffer.Array);
        Assert.False(buffer.ReadableSequence.IsSingleSegment);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_into_the_writable_span_becomes_readable(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 12).SetWriterIndex(3);

        var span = buffer.GetWritableSpan(9);
        Seven.CopyTo(span);
        buffer.AdvanceWriter(7);

        Assert.True(span.Length >= 9);
        Assert.Equal(10, buffer.WriterIndex);
        Assert.Equal(Seven, buffer.SkipBytes(3).GetIoBuffer().ToArray());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void The_writable_span_grows_to_the_minimum(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        var span = buffer.GetWritableSpan(1000);
        span[..1000].Fill(7);
        buffer.AdvanceWriter(1000);

        Assert.Equal(1007, buffer.ReadableBytes);
        Assert.Equal("01020304050607", ByteBufferUtil.HexDump(buffer, 0, 7));
        Assert.Equal(7, buffer.GetByte(1006));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Growing))]
    public void Every_growing_buffer_is_a_buffer_writer(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 4);
        var writer = buffer.AsBufferWriter();

        for (var i = 0; i < 100; i++)
        {
            Seven.CopyTo(writer.GetSpan(7));
            writer.Advance(7);
            Seven.CopyTo(writer.GetMemory(7));
            writer.Advance(7);
        }

        Assert.False(writer.GetSpan().IsEmpty);
        Assert.Equal(1400, buffer.ReadableBytes);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(7, buffer.GetByte(i * 7 + 6)));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(-1));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Advancing_past_the_capacity_is_refused(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Throws<IndexOutOfRangeException>(() => buffer.AdvanceWriter(9));
        buffer.Release();
    }

    [Fact]
    public void Pinned_buffers_have_an_address()
    {
        using var arena = new AttachedArena();
        IByteBuffer[] buffers = [Unpooled.DirectBuffer(16), PooledByteBufferAllocator.Default.HeapBuffer(16), PooledByteBufferAllocator.Default.DirectBuffer(16)];

        foreach (var buffer in buffers)
        {
            buffer.SetByte(5, 77);
            Assert.True(buffer.HasMemoryAddress);
            Assert.Equal(77, System.Runtime.InteropServices.Marshal.ReadByte(buffer.AddressOfPinnedMemory(), 5));
            Assert.Equal(77, System.Runtime.InteropServices.Marshal.ReadByte(buffer.Slice(4, 4).AddressOfPinnedMemory(), 1));
            buffer.Release();
        }

        Assert.Equal(IntPtr.Zero, Unpooled.Buffer(16).AddressOfPinnedMemory());
    }
}
