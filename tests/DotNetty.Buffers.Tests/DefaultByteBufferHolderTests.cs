using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class DefaultByteBufferHolderTests
{
    [Fact]
    public void Its_count_is_the_content_s()
    {
        var content = Unpooled.WrappedBuffer(new byte[] { 1, 2 });
        var holder = new DefaultByteBufferHolder(content);

        holder.Retain();

        Assert.Equal((2, 2), (content.ReferenceCount, holder.ReferenceCount));
        Assert.True(holder.Release(2));
        Assert.Throws<IllegalReferenceCountException>(() => holder.Content);
        Assert.Contains("freed", holder.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_and_duplicates_are_new_holders()
    {
        var holder = new DefaultByteBufferHolder(Unpooled.WrappedBuffer(new byte[] { 1, 2 }));

        var copy = holder.Copy();
        var duplicate = holder.Duplicate();
        var retained = holder.RetainedDuplicate();
        holder.Content.SetByte(0, 9);

        Assert.Equal("0102", ByteBufferUtil.HexDump(copy.Content));
        Assert.Equal("0902", ByteBufferUtil.HexDump(duplicate.Content));
        Assert.Equal(2, holder.ReferenceCount);
        Assert.True(holder.Equals(duplicate));
        Assert.False(holder.Equals(copy));
        retained.Release();
        Assert.True(holder.Release());
    }

    [Fact]
    public void It_does_not_accept_null() => Assert.Throws<ArgumentNullException>(() => new DefaultByteBufferHolder(null!));
}
