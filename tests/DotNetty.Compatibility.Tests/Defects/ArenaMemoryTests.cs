using DotNetty.Buffers;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>The published pool reserves 16 MiB for each of four threads that allocate one small buffer, and keeps them when the threads are gone.</summary>
[Trait("Defect", "D19")]
public sealed class ArenaMemoryTests
{
    [Fact]
    public void A_small_buffer_on_each_of_four_threads_does_not_cost_an_arena_each()
    {
        long reserved = BufferMemory.Reserved;
        long heap = GC.GetTotalMemory(forceFullCollection: true);

        OnFourThreads();

        Assert.InRange(BufferMemory.Reserved - reserved, long.MinValue, PooledByteBufferAllocator.Default.Metric.ChunkSize);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - heap, long.MinValue, 8 * 1024 * 1024);
    }

    [Fact]
    public void What_threads_that_are_gone_have_released_serves_the_next_ones()
    {
        OnFourThreads();
        long held = BufferMemory.Held;
        long reserved = BufferMemory.Reserved;

        for (int round = 0; round < 20; round++)
        {
            OnFourThreads();
        }

        Assert.InRange(BufferMemory.Held, long.MinValue, held);
        Assert.InRange(BufferMemory.Reserved, long.MinValue, reserved);
    }

    // All four hold their buffers, one of each kind, before the first releases.
    private static void OnFourThreads()
    {
        using var allAllocated = new Barrier(4);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            IByteBuffer heap = PooledByteBufferAllocator.Default.HeapBuffer(256).WriteInt(1);
            IByteBuffer direct = PooledByteBufferAllocator.Default.DirectBuffer(256).WriteInt(1);
            allAllocated.SignalAndWait(Within.Guard);
            heap.Release();
            direct.Release();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(Within.Guard)));
    }
}
