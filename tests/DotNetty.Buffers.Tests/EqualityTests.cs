namespace DotNetty.Buffers.Tests;

public sealed class EqualityTests
{
    private static readonly byte[] Seven = [1, 2, 3, 200, 5, 6, 7];

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equal_content_is_equal_in_any_kind_of_buffer(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);
        var same = Unpooled.CopiedBuffer(new byte[] { 0, 0 }, Seven).SkipBytes(2);

        Assert.True(buffer.Equals(same));
        Assert.True(same.Equals((object)buffer));
        Assert.Equal(same.GetHashCode(), buffer.GetHashCode());
        Assert.Equal(0, buffer.CompareTo(same));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Other_content_is_not_equal(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        Assert.False(buffer.Equals(Unpooled.WrappedBuffer(Seven, 0, 6)));
        Assert.False(buffer.Equals(Unpooled.WrappedBuffer(new byte[] { 1, 2, 3, 200, 5, 6, 8 })));
        Assert.False(buffer.Equals((IByteBuffer?)null));
        Assert.False(buffer.Equals(new object()));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_compare_as_unsigned_and_the_shorter_comes_first(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven);

        Assert.True(buffer.CompareTo(Unpooled.WrappedBuffer(new byte[] { 1, 2, 3, 100 })) > 0);
        Assert.True(buffer.CompareTo(Unpooled.WrappedBuffer(new byte[] { 1, 2, 3, 201 })) < 0);
        Assert.True(buffer.CompareTo(Unpooled.WrappedBuffer(new byte[] { 1, 2 })) > 0);
        Assert.True(buffer.CompareTo(Unpooled.Empty) > 0);
        buffer.Release();
    }

    [Fact]
    public void Long_scattered_content_is_compared_to_its_end()
    {
        var bytes = new byte[5000];
        Random.Shared.NextBytes(bytes);
        var left = BufferKinds.Of(BufferKind.CompositeOfMany, bytes);
        var right = BufferKinds.Of(BufferKind.SliceOfComposite, bytes);

        Assert.True(left.Equals(right));
        Assert.Equal(Unpooled.WrappedBuffer(bytes).GetHashCode(), left.GetHashCode());
        right.SetByte(4999, bytes[4999] ^ 1);
        Assert.False(left.Equals(right));
        left.Release();
        right.Release();
    }
}
