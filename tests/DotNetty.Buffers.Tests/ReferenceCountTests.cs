using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

public sealed class ReferenceCountTests
{
    public static TheoryData<BufferKind> Counting => ViewTests.Counting;

    [Theory]
    [MemberData(nameof(Counting))]
    public void A_buffer_is_born_with_one_owner(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Equal(1, buffer.ReferenceCount);
        Assert.True(buffer.Release());
        Assert.Equal(0, buffer.ReferenceCount);
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void The_last_of_several_releases_frees(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        buffer.Retain();
        buffer.Retain(3);

        Assert.Equal(5, buffer.ReferenceCount);
        Assert.False(buffer.Release());
        Assert.False(buffer.Release(3));
        Assert.True(buffer.Release());
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void One_release_too_many_throws(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);
        buffer.Release();

        Assert.Throws<IllegalReferenceCountException>(() => buffer.Release());
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Release(1));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Retain());
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Retain(2));
        Assert.Equal(0, buffer.ReferenceCount);
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void Releasing_more_than_there_are_throws_and_changes_nothing(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 8);

        Assert.Throws<IllegalReferenceCountException>(() => buffer.Release(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Release(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Retain(0));
        Assert.Equal(1, buffer.ReferenceCount);
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public void A_released_buffer_answers_nothing(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, 1, 2, 3, 4, 5, 6, 7, 8);
        buffer.Release();

        Assert.Throws<IllegalReferenceCountException>(() => buffer.GetByte(0));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.ReadInt());
        Assert.Throws<IllegalReferenceCountException>(() => buffer.SetLong(0, 0));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.WriteByte(1));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Slice(0, 1));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.RetainedSlice(0, 1));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Duplicate());
        Assert.Throws<IllegalReferenceCountException>(() => buffer.Copy());
        Assert.Throws<IllegalReferenceCountException>(() => buffer.GetIoBuffer(0, 1));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.ReadableSpan.Length);
        Assert.Throws<IllegalReferenceCountException>(() => buffer.GetBytes(0, new byte[1]));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.AdjustCapacity(100));
        Assert.Throws<IllegalReferenceCountException>(() => buffer.DiscardReadBytes());
    }

    [Fact]
    public void The_count_does_not_overflow()
    {
        var buffer = Unpooled.Buffer(1);
        buffer.Retain(int.MaxValue - 1);

        Assert.Throws<IllegalReferenceCountException>(() => buffer.Retain());
        Assert.Equal(int.MaxValue, buffer.ReferenceCount);
    }

    [Fact]
    public async Task Any_thread_may_retain_and_release()
    {
        var buffer = PooledByteBufferAllocator.Default.Buffer(64);
        var freed = 0;

        var owners = Enumerable.Range(0, 8).Select(_ =>
        {
            buffer.Retain();
            return Task.Run(() =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    buffer.Retain();
                    buffer.Release();
                }

                if (buffer.Release())
                    Interlocked.Increment(ref freed);
            });
        }).ToArray();
        if (buffer.Release())
            Interlocked.Increment(ref freed);
        await Task.WhenAll(owners);

        Assert.Equal((1, 0), (freed, buffer.ReferenceCount));
    }

    [Fact]
    public void An_unreleasable_buffer_and_its_views_keep_the_count()
    {
        var inner = Unpooled.WrappedBuffer(new byte[] { 1, 2, 3 });
        var buffer = Unpooled.UnreleasableBuffer(inner);

        IByteBuffer[] views = [buffer, buffer.Slice(), buffer.RetainedSlice(), buffer.Duplicate(), buffer.RetainedDuplicate(), buffer.ReadRetainedSlice(1)];

        Assert.All(views, view => Assert.False(view.Release()));
        Assert.All(views, view => Assert.Same(view, view.Retain()));
        Assert.Equal(1, inner.ReferenceCount);
    }
}
