namespace DotNetty.Buffers.Tests.Pool;

[Collection(PoolCollection.Name)]
public sealed class BufferArenaSlicingTests
{
    private readonly PooledByteBufferAllocator _alloc = PooledByteBufferAllocator.Default;

    [Fact]
    public void Slices_taken_and_released_meanwhile_leave_the_count_as_ever()
    {
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(64).WriteZero(64);
        var before = buffer.RetainedSlice(0, 8);

        Assert.True(BufferArena.BeginSlicing(buffer));
        var kept = buffer.RetainedSlice(8, 8);
        buffer.RetainedSlice(16, 8).Release();
        before.Release();
        BufferArena.EndSlicing();

        Assert.Equal((2, 1), (buffer.ReferenceCount, kept.ReferenceCount));
        buffer.Release();
        Assert.Equal(64, attached.Arena.Held);
        kept.Release();
        Assert.Equal(0, attached.Arena.Held);
    }

    [Fact]
    public void A_slice_released_on_another_thread_meanwhile_gives_its_reference_back()
    {
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(64).WriteZero(64);

        Assert.True(BufferArena.BeginSlicing(buffer));
        var slice = buffer.RetainedSlice(0, 8);
        var other = new Thread(() => slice.Release());
        other.Start();
        other.Join();
        BufferArena.EndSlicing();

        Assert.Equal(1, buffer.ReferenceCount);
        buffer.Release();
    }

    [Fact]
    public void One_buffer_of_a_thread_is_sliced_at_a_time()
    {
        using var attached = new AttachedArena();
        var first = _alloc.Buffer(64).WriteZero(64);
        var second = _alloc.Buffer(64).WriteZero(64);

        Assert.True(BufferArena.BeginSlicing(first));
        Assert.False(BufferArena.BeginSlicing(second));
        var slice = second.RetainedSlice(0, 8);
        Assert.Equal(2, second.ReferenceCount);
        BufferArena.EndSlicing();

        Assert.True(BufferArena.BeginSlicing(second));
        slice.Release();
        BufferArena.EndSlicing();
        Assert.Equal((1, 1), (first.ReferenceCount, second.ReferenceCount));
        first.Release();
        second.Release();
    }

    [Fact]
    public void Slicing_a_slice_is_slicing_its_root()
    {
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(64).WriteZero(64);
        var part = buffer.RetainedSlice(8, 32);

        Assert.True(BufferArena.BeginSlicing(part));
        var slice = part.RetainedSlice(0, 8);
        BufferArena.EndSlicing();

        Assert.Equal((3, 1), (buffer.ReferenceCount, part.ReferenceCount));
        slice.Release();
        part.Release();
        buffer.Release();
        Assert.Equal(0, attached.Arena.Held);
    }

    [Fact]
    public void A_thread_without_an_arena_slices_as_ever()
    {
        var buffer = _alloc.Buffer(64).WriteZero(64);

        Assert.False(BufferArena.BeginSlicing(buffer));

        Assert.Equal(1, buffer.ReferenceCount);
        buffer.Release();
    }
}
