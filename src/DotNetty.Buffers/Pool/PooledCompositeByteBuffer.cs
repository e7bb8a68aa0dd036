#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>A composite whose object is used again, by the thread on which it was released.</summary>
internal sealed class PooledCompositeByteBuffer : CompositeByteBuffer
{
    private const int MostKeptParts = 64;

    internal PooledCompositeByteBuffer(IByteBufferAllocator allocator, bool isDirect, int maxNumComponents)
        : base(allocator, isDirect, maxNumComponents)
    {
    }

    /// <summary>Begins another life: one owner, no components.</summary>
    internal PooledCompositeByteBuffer Begin(IByteBufferAllocator allocator, bool isDirect, int maxNumComponents)
    {
        SetUp(allocator, isDirect, maxNumComponents);
        SetIndex0(0, 0);
        DiscardMarks();
        SetReferenceCount(1);
        return this;
    }

    protected internal override void Deallocate()
    {
        base.Deallocate();

        // One that was watched is not used again, and at the level of tests none is: a late use of it fails and disturbs nobody.
        if (!IsTracked && RoomForParts <= MostKeptParts && ResourceLeakDetector.Level != ResourceLeakDetector.DetectionLevel.Paranoid)
            BufferArena.Current?.PutComposite(this);
    }
}
