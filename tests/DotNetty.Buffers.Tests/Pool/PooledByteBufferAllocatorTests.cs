using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests.Pool;

[Collection(PoolCollection.Name)]
public sealed class PooledByteBufferAllocatorTests
{
    private readonly PooledByteBufferAllocator _alloc = PooledByteBufferAllocator.Default;
    private readonly long _heldBefore = BufferMemory.Held;

    [Fact]
    public void A_buffer_and_its_release_allocate_nothing()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();

        Assert.Equal(0, AllocatedBy(() => _alloc.Buffer(64).Release()));
        Assert.Equal(0, AllocatedBy(() => _alloc.Buffer(64 << 10).Release()));
        Assert.Equal(0, AllocatedBy(() => _alloc.Buffer(2 << 20).Release()));
    }

    [Fact]
    public void Retained_views_and_their_release_allocate_nothing()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(256).WriteZero(256);

        Assert.Equal(0, AllocatedBy(() => buffer.RetainedSlice(10, 20).Release()));
        Assert.Equal(0, AllocatedBy(() => buffer.SetReaderIndex(0).ReadRetainedSlice(16).Release()));
        Assert.Equal(0, AllocatedBy(() => buffer.RetainedDuplicate().Release()));
        Assert.Equal(1, buffer.ReferenceCount);
        buffer.Release();
    }

    [Fact]
    public void Filling_a_buffer_as_it_grows_allocates_nothing()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var block = new byte[1000];

        Assert.Equal(0, AllocatedBy(() =>
        {
            var buffer = _alloc.Buffer(64);
            for (var i = 0; i < 20; i++)
                buffer.WriteBytes(block);
            buffer.Release();
        }));
    }

    [Fact]
    public void Bursts_of_buffers_allocate_nothing_once_they_have_been_seen()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var buffers = new IByteBuffer[500];

        Assert.Equal(0, AllocatedBy(() =>
        {
            for (var i = 0; i < buffers.Length; i++)
                buffers[i] = _alloc.Buffer(i * 40);
            foreach (var buffer in buffers)
                buffer.Release();
        }));
    }

    [Fact]
    public void Threads_without_an_arena_share_one_pool_that_allocates_nothing_either()
    {
        using var unwatched = new Unwatched();

        Assert.Equal(0, AllocatedBy(() => _alloc.Buffer(64).Release()));
        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Fact]
    public void The_shared_pool_is_bounded_and_what_does_not_fit_still_gets_memory()
    {
        var buffers = Enumerable.Range(0, 80).Select(i => _alloc.Buffer(1 << 20).WriteInt(i)).ToArray();

        Assert.InRange(SharedPool.Instance.Pool.Reserved, 0, 64 << 20);
        Assert.Equal(_heldBefore + (80L << 20), BufferMemory.Held);
        for (var i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(i, buffers[i].ReadInt());
            buffers[i].Release();
        }

        Assert.Equal(_heldBefore, BufferMemory.Held);
        Assert.InRange(SharedPool.Instance.Pool.Reserved, 0, 5 * Slab.Size);
    }

    [Fact]
    public void Buffers_above_the_largest_block_have_memory_of_their_own()
    {
        using var attached = new AttachedArena();

        var buffer = _alloc.Buffer((2 << 20) + 1);

        Assert.Equal((2 << 20) + 1, buffer.StorageSize);
        Assert.Equal(_heldBefore + buffer.StorageSize, BufferMemory.Held);
        Assert.Equal(0, attached.Arena.Held);
        buffer.WriteInt(7).AdjustCapacity(1000);
        Assert.Equal((7, 1024, 1024), (buffer.ReadInt(), buffer.StorageSize, attached.Arena.Held));
        buffer.Release();
        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Fact]
    public void The_capacity_is_what_was_asked_for_and_grows_within_the_block_first()
    {
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(70, 1000);

        buffer.EnsureWritable(71);

        Assert.Equal((128, 128), (buffer.Capacity, buffer.StorageSize));
        buffer.EnsureWritable(600);
        Assert.Equal((1000, 1024), (buffer.Capacity, buffer.StorageSize));
        Assert.Throws<IndexOutOfRangeException>(() => buffer.EnsureWritable(1001));
        buffer.Release();
    }

    [Fact]
    public void A_buffer_used_again_begins_anew()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var first = _alloc.DirectBuffer(64, 100);
        first.WriteInt(1).SkipBytes(2).MarkReaderIndex().MarkWriterIndex();
        first.Release();

        var second = _alloc.HeapBuffer(64);

        Assert.Same(first, second);
        Assert.Equal((0, 0, 1), (second.ReaderIndex, second.WriterIndex, second.ReferenceCount));
        Assert.Equal((64, int.MaxValue, false), (second.Capacity, second.MaxCapacity, second.IsDirect));
        Assert.Equal(0, second.WriteInt(1).ResetReaderIndex().ResetWriterIndex().WriterIndex);
        second.Release();
    }

    [Fact]
    public void A_watched_buffer_is_not_used_again_so_every_late_use_throws()
    {
        var before = ResourceLeakDetector.Level;
        ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Paranoid;
        using var attached = new AttachedArena();
        try
        {
            var first = _alloc.Buffer(64);
            first.Release();
            var second = _alloc.Buffer(64);

            Assert.NotSame(first, second);
            Assert.Throws<IllegalReferenceCountException>(() => first.Release());
            Assert.Throws<IllegalReferenceCountException>(() => first.WriteByte(1));
            Assert.Equal(64, attached.Arena.Held);
            Assert.True(second.Release());
            Assert.Equal(0, attached.Arena.Held);
        }
        finally
        {
            ResourceLeakDetector.Level = before;
        }
    }

    [Fact]
    public void The_metrics_count_by_size()
    {
        using var attached = new AttachedArena();
        var buffers = new[] { 10, 600, 70_000 }.Select(size => _alloc.Buffer(size)).ToArray();

        var metric = _alloc.Metric.HeapArenas()[^1];

        Assert.Equal((1, 1, 1, 3), (metric.NumActiveTinyAllocations, metric.NumActiveSmallAllocations, metric.NumActiveNormalAllocations, metric.NumActiveAllocations));
        Assert.Equal(64 + 1024 + 131_072, metric.NumActiveBytes);
        foreach (var buffer in buffers)
            buffer.Release();
        Assert.Equal((3, 3, 0), (metric.NumAllocations, metric.NumDeallocations, metric.NumActiveBytes));
        Assert.Contains("held", _alloc.DumpStats(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_contract_s_constructors_are_accepted_and_checked()
    {
        var buffer = new PooledByteBufferAllocator(true, 1, 1, 8192, 11).Buffer(10);

        Assert.True(buffer.IsDirect);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledByteBufferAllocator(-1, 0, 8192, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledByteBufferAllocator(1, 0, 0, 11));
        buffer.Release();
    }

    private static long AllocatedBy(Action act)
    {
        // Twice for the pool, more for the compiler's tiers.
        for (var i = 0; i < 200; i++)
            act();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
