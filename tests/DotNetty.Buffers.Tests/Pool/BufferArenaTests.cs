namespace DotNetty.Buffers.Tests.Pool;

[Collection(PoolCollection.Name)]
public sealed class BufferArenaTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly PooledByteBufferAllocator _alloc = PooledByteBufferAllocator.Default;
    private readonly long _heldBefore = BufferMemory.Held;

    [Fact]
    public void An_arena_that_is_not_used_reserves_nothing()
    {
        var before = BufferMemory.Reserved;

        using var attached = new AttachedArena();

        Assert.Equal((0, 0), (attached.Arena.Held, attached.Arena.Reserved));
        Assert.Equal(before, BufferMemory.Reserved);
    }

    [Fact]
    public void A_thread_has_one_arena_at_most()
    {
        using (new AttachedArena())
            Assert.Throws<InvalidOperationException>(PooledByteBufferAllocator.AttachToCurrentThread);

        using var again = new AttachedArena();
        Assert.Equal(0, again.Arena.Held);
    }

    [Fact]
    public void Buffers_of_the_thread_are_counted_in_its_arena()
    {
        using var attached = new AttachedArena();

        var buffers = new[] { _alloc.Buffer(64), _alloc.HeapBuffer(100), _alloc.DirectBuffer(5000) };

        Assert.Equal(64 + 128 + 8192, attached.Arena.Held);
        Assert.Equal(Slab.Size, attached.Arena.Reserved);
        Assert.Equal(_heldBefore + 64 + 128 + 8192, _alloc.Metric.UsedHeapMemory);
        foreach (var buffer in buffers)
            buffer.Release();
        Assert.Equal((0, _heldBefore), (attached.Arena.Held, BufferMemory.Held));
    }

    [Fact]
    public void A_burst_that_is_over_keeps_no_memory_of_the_collectors()
    {
        using var attached = new AttachedArena();

        WeakReference[] slabs = Burst(_alloc);
        while (attached.Arena.Trim())
        {
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(slabs.Count(static slab => slab.IsAlive), 0, SlabStore.MaxCold + 1);
    }

    [Fact]
    public void Other_threads_release_into_the_arena_the_buffer_came_from()
    {
        using var attached = new AttachedArena();
        var buffers = Enumerable.Range(0, 100).Select(_ => _alloc.Buffer(1000)).ToArray();

        OnOtherThread(() =>
        {
            foreach (var buffer in buffers)
                buffer.Release();
        });

        Assert.Equal(0, attached.Arena.Held);
        var again = _alloc.Buffer(1000);
        Assert.Equal((1024, Slab.Size), (attached.Arena.Held, attached.Arena.Reserved));
        again.Release();
    }

    [Fact]
    public void A_buffer_that_grows_on_another_thread_changes_pools_and_keeps_its_bytes()
    {
        using var attached = new AttachedArena();
        var buffer = _alloc.Buffer(64);
        buffer.WriteLong(42);

        OnOtherThread(() => buffer.WriteBytes(new byte[10_000]));

        Assert.Equal(0, attached.Arena.Held);
        Assert.Equal(42, buffer.ReadLong());
        Assert.Equal(_heldBefore + 16_384, BufferMemory.Held);
        buffer.Release();
        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Fact]
    public void Many_threads_may_release_at_once()
    {
        using var attached = new AttachedArena();
        for (var round = 0; round < 20; round++)
        {
            var buffers = Enumerable.Range(0, 2000).Select(i => _alloc.Buffer(64 + i).WriteInt(i)).ToArray();

            Parallel.For(0, buffers.Length, i =>
            {
                if (buffers[i].ReadInt() != i || !buffers[i].Release())
                    throw new InvalidOperationException($"Buffer {i} was disturbed.");
            });
        }

        attached.Arena.Trim();
        Assert.Equal(0, attached.Arena.Held);
    }

    [Fact]
    public void Buffers_outlive_the_arena_and_their_slabs_go_when_they_are_released()
    {
        var reserved = BufferMemory.Reserved;
        IByteBuffer small;
        IByteBuffer large;
        BufferArena arena;
        using (var attached = new AttachedArena())
        {
            arena = attached.Arena;
            small = _alloc.Buffer(64).WriteInt(1);
            large = _alloc.Buffer(2 << 20).WriteInt(2);
            _alloc.Buffer(300_000).Release();
        }

        Assert.Contains(arena, BufferMemory.Arenas);
        Assert.Equal((1, 2), (small.ReadInt(), large.ReadInt()));
        OnOtherThread(() => large.Release());
        Assert.Equal((64, Slab.Size), (arena.Held, arena.Reserved));
        small.Release();
        Assert.Equal((0, 0, reserved), (arena.Held, arena.Reserved, BufferMemory.Reserved));
        Assert.DoesNotContain(arena, BufferMemory.Arenas);
    }

    [Fact]
    public void Releasing_while_the_arena_closes_loses_nothing()
    {
        for (var round = 0; round < 200; round++)
        {
            var arena = PooledByteBufferAllocator.AttachToCurrentThread();
            var buffers = Enumerable.Range(0, 20).Select(_ => _alloc.Buffer(2000)).ToArray();
            var releasing = Task.Run(() => System.Array.ForEach(buffers, buffer => buffer.Release()));

            arena.Dispose();
            Await(releasing);

            Assert.Equal((0, 0), (arena.Held, arena.Reserved));
        }

        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Fact]
    public void Only_its_thread_trims_and_disposes_it()
    {
        using var attached = new AttachedArena();

        OnOtherThread(() =>
        {
            Assert.Throws<InvalidOperationException>(() => attached.Arena.Trim());
            Assert.Throws<InvalidOperationException>(attached.Arena.Dispose);
        });
    }

    [Fact]
    public void Trimming_hands_idle_slabs_back_in_small_steps()
    {
        using var attached = new AttachedArena();
        var buffers = Enumerable.Range(0, 30).Select(_ => _alloc.Buffer(1 << 20)).ToArray();
        foreach (var buffer in buffers)
            buffer.Release();
        Assert.True(attached.Arena.Reserved > 10 * Slab.Size);

        var steps = 1;
        while (attached.Arena.Trim())
            steps++;

        Assert.InRange(steps, 4, 20);
        Assert.Equal(Slab.Size, attached.Arena.Reserved);
    }

    [Fact]
    public void Idle_pages_return_to_the_operating_system()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var attached = new AttachedArena();
        var buffers = Enumerable.Range(0, 128).Select(_ => _alloc.Buffer(1 << 20).WriteZero(1 << 20)).ToArray();
        var full = ResidentBytes();

        foreach (var buffer in buffers.Where((_, i) => i % 16 != 0))
            buffer.Release();
        while (attached.Arena.Trim())
        {
            // In small steps.
        }

        Assert.InRange(full - ResidentBytes(), 96 << 20, long.MaxValue);
        foreach (var buffer in buffers.Where((_, i) => i % 16 == 0))
            buffer.Release();
    }

    [Fact]
    public void A_small_buffer_left_in_each_slab_keeps_no_pages_but_its_own()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var attached = new AttachedArena();
        var buffers = Enumerable.Range(0, 1024).Select(_ => _alloc.Buffer(64 << 10).WriteZero(64 << 10)).ToArray();
        var full = ResidentBytes();

        foreach (var buffer in buffers.Where((_, i) => i % 16 != 5))
            buffer.Release();
        while (attached.Arena.Trim())
        {
            // In small steps.
        }

        Assert.InRange(full - ResidentBytes(), 48 << 20, long.MaxValue);
        Assert.Equal(64 << 20, attached.Arena.Reserved);
        foreach (var buffer in buffers.Where((_, i) => i % 16 == 5))
            buffer.Release();
    }

    private static long ResidentBytes() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;

    private static void OnOtherThread(Action act) => Await(Task.Factory.StartNew(act, TaskCreationOptions.LongRunning));

    // An arena is the thread's, so its test stays on one thread.
    private static void Await(Task task) => Assert.True(task.Wait(Guard));

    // In a method of its own: nothing of it is on the stack any more.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference[] Burst(PooledByteBufferAllocator alloc)
    {
        var buffers = Enumerable.Range(0, 100).Select(_ => alloc.Buffer(1024 * 1024)).ToArray();
        var slices = buffers.Select(static buffer => buffer.RetainedSlice(0, 10)).ToArray();
        var slabs = buffers.Select(static buffer => new WeakReference(buffer.Array)).DistinctBy(static slab => slab.Target).ToArray();
        foreach (var buffer in slices.Concat(buffers))
            buffer.Release();
        return slabs;
    }
}
