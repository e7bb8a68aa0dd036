using System.Text;

namespace DotNetty.Buffers.Tests;

public sealed class EmptyByteBufferTests
{
    private static readonly IByteBuffer Empty = Unpooled.Empty;

    [Fact]
    public void It_has_no_bytes_and_no_room()
    {
        Assert.Equal((0, 0, 0, 0), (Empty.Capacity, Empty.MaxCapacity, Empty.ReadableBytes, Empty.MaxWritableBytes));
        Assert.False(Empty.IsReadable());
        Assert.True(Empty.ReadableSpan.IsEmpty);
        Assert.True(Empty.ReadableSequence.IsEmpty);
        Assert.Equal(0, Empty.GetIoBuffer().Count);
        Assert.Equal("", Empty.ToString(Encoding.UTF8));
    }

    [Fact]
    public void It_is_never_freed()
    {
        Assert.False(Empty.Release());
        Assert.Same(Empty, Empty.Retain());
        Assert.Equal(1, Empty.ReferenceCount);
        Assert.Same(Empty, Empty.RetainedSlice());
        Assert.Same(Empty, Empty.ReadRetainedSlice(0));
    }

    [Fact]
    public void Every_byte_is_outside_of_it()
    {
        Assert.Throws<IndexOutOfRangeException>(() => Empty.ReadByte());
        Assert.Throws<IndexOutOfRangeException>(() => Empty.GetInt(0));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.WriteByte(1));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.WriteBytes([1]));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.WriteBytes("a"u8));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.GetBytes(0, new byte[1]));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.WriteString("a", Encoding.UTF8));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.SkipBytes(1));
        Assert.Throws<IndexOutOfRangeException>(() => Empty.SetWriterIndex(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Empty.ReadBytes(-1));
        Assert.Throws<NotSupportedException>(() => Empty.AdjustCapacity(1));
    }

    [Fact]
    public void Nothing_may_be_read_and_written()
    {
        Assert.Same(Empty, Empty.WriteBytes(Unpooled.Buffer(1)));
        Assert.Same(Empty, Empty.ReadBytes(Array.Empty<byte>()));
        Assert.Same(Empty, Empty.Slice(0, 0));
        Assert.Equal(0, Empty.WriteString("", Encoding.UTF8));
        Assert.Equal(-1, Empty.IndexOf(0, 0, 1));
        Assert.Equal((0, 1), (Empty.EnsureWritable(0, true), Empty.EnsureWritable(1, true)));
    }

    [Fact]
    public void It_equals_every_buffer_with_nothing_to_read()
    {
        var other = Unpooled.Buffer(8);

        Assert.True(Empty.Equals(other));
        Assert.True(other.Equals(Empty));
        Assert.Equal(other.GetHashCode(), Empty.GetHashCode());
        Assert.Equal(0, Empty.CompareTo(other));
        Assert.True(Empty.CompareTo(other.WriteByte(1)) < 0);
        Assert.False(Empty.Equals(other));
    }
}
