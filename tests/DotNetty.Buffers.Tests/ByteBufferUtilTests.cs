using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class ByteBufferUtilTests
{
    private static readonly UnpooledByteBufferAllocator Alloc = UnpooledByteBufferAllocator.Default;

    [Fact]
    public void A_hex_dump_shows_the_readable_bytes()
    {
        var buffer = Unpooled.WrappedBuffer(new byte[] { 0x00, 0x0F, 0xA0, 0xFF }).SkipBytes(1);

        Assert.Equal("0fa0ff", ByteBufferUtil.HexDump(buffer));
        Assert.Equal("000f", ByteBufferUtil.HexDump(buffer, 0, 2));
        Assert.Equal("0faa", ByteBufferUtil.HexDump([0x0F, 0xAA]));
        Assert.Equal("aa", ByteBufferUtil.HexDump([0x0F, 0xAA], 1, 1));
        Assert.Equal("", ByteBufferUtil.HexDump(Unpooled.Empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteBufferUtil.HexDump(buffer, 0, -1));
    }

    [Fact]
    public void A_pretty_dump_is_a_table_of_sixteen_bytes_a_row()
    {
        var buffer = Unpooled.CopiedBuffer("0123456789abcdefXY\n~", Encoding.ASCII);

        var lines = ByteBufferUtil.PrettyHexDump(buffer).Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.Equal("|00000000| 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 |0123456789abcdef|", lines[3]);
        Assert.Equal("|00000010| 58 59 0a 7e                                     |XY.~            |", lines[4]);
        Assert.All(lines[2..], line => Assert.Equal(lines[3].Length, line.Length));
        Assert.Equal("", ByteBufferUtil.PrettyHexDump(Unpooled.Empty));
    }

    [Fact]
    public void A_pretty_dump_is_appended_and_may_show_a_part()
    {
        var dump = new StringBuilder("here: ");

        ByteBufferUtil.AppendPrettyHexDump(dump, Unpooled.WrappedBuffer(new byte[] { 1, 2, 3 }), 1, 1);

        Assert.StartsWith("here: ", dump.ToString(), StringComparison.Ordinal);
        Assert.Contains("|00000000| 02 ", dump.ToString(), StringComparison.Ordinal);
        Assert.Throws<IndexOutOfRangeException>(() => ByteBufferUtil.PrettyHexDump(Unpooled.Buffer(2), 1, 2));
    }

    [Theory]
    [InlineData("plain", 5)]
    [InlineData("Grüße 世界 🌍", 19)]
    [InlineData("", 0)]
    public void Utf8_is_written_and_its_length_answered(string text, int length)
    {
        var buffer = ByteBufferUtil.WriteUtf8(Alloc, text);

        Assert.Equal(length, buffer.ReadableBytes);
        Assert.Equal(text, buffer.ToString(Encoding.UTF8));
        Assert.Equal(length, ByteBufferUtil.WriteUtf8(buffer, new StringCharSequence(text)));
        Assert.Equal(length, ByteBufferUtil.ReserveAndWriteUtf8(buffer, text, ByteBufferUtil.Utf8MaxBytes(text)));
        Assert.Equal(text + text + text, buffer.ToString(Encoding.UTF8));
        buffer.Release();
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        var buffer = ByteBufferUtil.WriteUtf8(Alloc, "a\ud800b");

        Assert.Equal("61efbfbd62", ByteBufferUtil.HexDump(buffer));
        buffer.Release();
    }

    [Fact]
    public void Ascii_is_one_byte_a_character_whatever_sequence_it_comes_from()
    {
        Assert.Equal("61623f", Dump(ByteBufferUtil.WriteAscii(Alloc, "abü")));
        Assert.Equal("6162", Dump(ByteBufferUtil.WriteAscii(Alloc, new AsciiString("ab"))));
        Assert.Equal("6162", Dump(ByteBufferUtil.WriteAscii(Alloc, new StringCharSequence("ab"))));
    }

    [Fact]
    public void Ascii_strings_are_copied_in_part()
    {
        var target = Unpooled.Buffer(8).WriteZero(8).SetIndex(0, 0);
        var text = new AsciiString("abcdef");

        ByteBufferUtil.Copy(text, 1, target, 2);
        ByteBufferUtil.Copy(text, 3, target, 5, 3);
        ByteBufferUtil.Copy(new AsciiString("z"), target);

        Assert.Equal("62637a0000646566", ByteBufferUtil.HexDump(target, 0, 8));
        Assert.Equal(3, target.WriterIndex);
        Assert.Throws<IndexOutOfRangeException>(() => ByteBufferUtil.Copy(text, 4, target, 3));
    }

    [Fact]
    public void A_string_is_encoded_with_room_to_spare()
    {
        var buffer = ByteBufferUtil.EncodeString(Alloc, "héh", Encoding.Latin1, 10);

        Assert.Equal("68e968", ByteBufferUtil.HexDump(buffer));
        Assert.True(buffer.WritableBytes >= 10);
        Assert.Equal("éh", ByteBufferUtil.DecodeString(buffer, 1, 2, Encoding.Latin1));
        buffer.Release();
    }

    [Theory]
    [InlineData("61c3a9", true)]
    [InlineData("61c3", false)]
    [InlineData("ff", false)]
    [InlineData("", true)]
    public void Text_is_told_from_what_is_none(string bytes, bool isText)
    {
        var buffer = Unpooled.WrappedBuffer(Convert.FromHexString(bytes));

        Assert.Equal(isText, ByteBufferUtil.IsText(buffer, 0, buffer.Capacity, Encoding.UTF8));
        Assert.Throws<IndexOutOfRangeException>(() => ByteBufferUtil.IsText(buffer, 1, buffer.Capacity, Encoding.UTF8));
    }

    [Theory]
    [InlineData(BufferKind.UnpooledHeap)]
    [InlineData(BufferKind.CompositeOfMany)]
    public void A_needle_is_found_in_the_haystack(BufferKind kind)
    {
        var haystack = BufferKinds.Of(kind, 9, 1, 2, 3, 1, 2, 4, 9).SkipBytes(1);

        Assert.Equal(3, ByteBufferUtil.IndexOf(Unpooled.WrappedBuffer(new byte[] { 1, 2, 4 }), haystack));
        Assert.Equal(-1, ByteBufferUtil.IndexOf(Unpooled.WrappedBuffer(new byte[] { 4, 1 }), haystack));
        Assert.Equal(4, ByteBufferUtil.IndexOf(haystack, 2, 8, 1));
        haystack.Release();
    }

    [Fact]
    public void Parts_of_buffers_are_compared()
    {
        var a = Unpooled.WrappedBuffer(new byte[] { 1, 2, 3, 4 });
        var b = Unpooled.WrappedBuffer(new byte[] { 0, 2, 3, 5 });

        Assert.True(ByteBufferUtil.Equals(a, 1, b, 1, 2));
        Assert.False(ByteBufferUtil.Equals(a, 1, b, 1, 3));
        Assert.False(ByteBufferUtil.Equals(a, 3, b, 3, 2));
        Assert.True(ByteBufferUtil.Equals(a, 4, b, 4, 0));
    }

    [Fact]
    public void Numbers_are_turned_round()
    {
        Assert.Equal(0x0201, ByteBufferUtil.SwapShort(0x0102));
        Assert.Equal(0x04030201, ByteBufferUtil.SwapInt(0x01020304));
        Assert.Equal(0x0807060504030201, ByteBufferUtil.SwapLong(0x0102030405060708));
        Assert.Equal(1.5f, ByteBufferUtil.Int32BitsToSingle(ByteBufferUtil.SingleToInt32Bits(1.5f)));
    }

    [Fact]
    public void A_failed_read_leaves_no_buffer_behind()
    {
        var alloc = new UnpooledByteBufferAllocator();
        var source = Unpooled.WrappedBuffer(new byte[] { 1, 2, 3 });

        Assert.Throws<IndexOutOfRangeException>(() => ByteBufferUtil.ReadBytes(alloc, source, 4));

        Assert.Equal(0, alloc.Metric.UsedHeapMemory);
        Assert.Equal("0102", Dump(ByteBufferUtil.ReadBytes(alloc, source, 2)));
    }

    private static string Dump(IByteBuffer buffer)
    {
        var dump = ByteBufferUtil.HexDump(buffer);
        buffer.Release();
        return dump;
    }
}
