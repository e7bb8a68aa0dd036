using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests.Pool;

[Collection(PoolCollection.Name)]
public sealed class PooledCompositeByteBufferTests
{
    private readonly PooledByteBufferAllocator _alloc = PooledByteBufferAllocator.Default;
    private readonly long _heldBefore = BufferMemory.Held;

    [Fact]
    public void A_composite_its_regions_and_its_release_allocate_nothing()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var received = _alloc.Buffer(256).WriteZero(256);
        var regions = new List<ArraySegment<byte>>();

        var allocated = AllocatedBy(() =>
        {
            var composite = _alloc.CompositeBuffer(2).AddComponent(true, _alloc.Buffer(4).WriteInt(100)).AddComponent(true, received.RetainedSlice(0, 100));
            regions.Clear();
            composite.AddIoBuffersTo(regions);
            composite.Release();
        });

        Assert.Equal((0, 2), (allocated, regions.Count));
        received.Release();
    }

    [Fact]
    public void A_composite_used_again_is_as_new()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var first = _alloc.CompositeHeapBuffer(2).AddComponents(true, Bytes(1, 2), Bytes(3));
        first.SkipBytes(2).MarkReaderIndex().MarkWriterIndex();
        first.Release();

        var again = _alloc.CompositeDirectBuffer(5);

        Assert.Same(first, again);
        Assert.Equal((0, 0, 0, 0, 5, 1), (again.NumComponents, again.Capacity, again.ReaderIndex, again.WriterIndex, again.MaxNumComponents, again.ReferenceCount));
        Assert.True(again.IsDirect);
        Assert.Equal(0, again.ResetWriterIndex().ResetReaderIndex().ReadableBytes);
        Assert.Equal([4], again.AddComponent(true, Bytes(4)).GetIoBuffer().ToArray());
        again.Release();
        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Fact]
    public void A_composite_that_waits_to_be_used_again_keeps_no_component_alive()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var (component, composite) = Released();

        GC.Collect();

        Assert.False(component.IsAlive);
        Assert.Same(composite, _alloc.CompositeBuffer());
        composite.Release();

        (WeakReference Component, CompositeByteBuffer Composite) Released()
        {
            var part = Unpooled.Buffer(1).WriteByte(1);
            var whole = _alloc.CompositeBuffer().AddComponent(true, part);
            whole.Release();
            return (new WeakReference(part), whole);
        }
    }

    [Fact]
    public void A_composite_of_many_components_is_not_kept()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var large = _alloc.CompositeBuffer(1000);
        for (var i = 0; i < 200; i++)
            large.AddComponent(true, Bytes(1));
        large.Release();

        var next = _alloc.CompositeBuffer();

        Assert.NotSame(large, next);
        next.Release();
    }

    [Fact]
    public void A_composite_released_elsewhere_is_used_again_there()
    {
        using var unwatched = new Unwatched();
        var elsewhere = new AttachedArena();
        CompositeByteBuffer? taken = null;
        var other = new Thread(() =>
        {
            using var attached = new AttachedArena();
            taken = _alloc.CompositeBuffer().AddComponent(true, Bytes(1));
        });
        other.Start();
        other.Join();

        taken!.Release();
        var again = _alloc.CompositeBuffer();

        Assert.Same(taken, again);
        again.Release();
        elsewhere.Dispose();
        Assert.Equal(_heldBefore, BufferMemory.Held);
    }

    [Theory]
    [InlineData(ResourceLeakDetector.DetectionLevel.Disabled, false)]
    [InlineData(ResourceLeakDetector.DetectionLevel.Paranoid, true)]
    public void A_composite_that_is_watched_or_without_a_pool_lives_once(ResourceLeakDetector.DetectionLevel level, bool hasPool)
    {
        using var unwatched = new Unwatched();
        using var attached = hasPool ? new AttachedArena() : null;
        ResourceLeakDetector.Level = level;
        var composite = _alloc.CompositeBuffer().AddComponent(true, Bytes(1));
        composite.Release();

        var next = _alloc.CompositeBuffer();

        Assert.NotSame(composite, next);
        Assert.Throws<IllegalReferenceCountException>(() => composite.ReadByte());
        next.Release();
    }

    [Fact]
    public void A_release_too_many_while_nobody_uses_it_is_refused()
    {
        using var unwatched = new Unwatched();
        using var attached = new AttachedArena();
        var composite = _alloc.CompositeBuffer();
        composite.Release();

        Assert.Throws<IllegalReferenceCountException>(() => composite.Release());
        Assert.Throws<ArgumentOutOfRangeException>(() => _alloc.CompositeBuffer(0));
    }

    private IByteBuffer Bytes(params byte[] bytes) => _alloc.Buffer(bytes.Length).WriteBytes(bytes);

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
