#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>A view that is an owner of the root's storage itself, and counts its own owners. The objects are used again.</summary>
internal sealed class RetainedArrayView : ArrayView
{
    internal static RetainedArrayView Slice(ContiguousByteBuffer of, int index, int length)
    {
        var view = TakeFor(of);
        view.ShowSlice(of, index, length);
        return view;
    }

    internal static RetainedArrayView Duplicate(ContiguousByteBuffer of)
    {
        var view = TakeFor(of);
        view.ShowAll(of);
        return view;
    }

    public override IByteBuffer Unwrap() => Root;

    /// <summary>Begins another life.</summary>
    internal void Begin() => SetReferenceCount(1);

    protected internal override void Deallocate()
    {
        var root = Root;

        // A block of a slab outlives its buffers: to look at it still keeps no memory, and the next slice is mostly one of the same.
        if (root is not PooledByteBuffer { Run: not null })
            ShowNothing();

        // At the level of tests an object lives once, so that a late use of it fails and disturbs nobody.
        var arena = BufferArena.Current;
        if (ResourceLeakDetector.Level != ResourceLeakDetector.DetectionLevel.Paranoid)
            arena?.PutView(this);
        BufferArena.Release(arena, root);
    }

    private static RetainedArrayView TakeFor(ContiguousByteBuffer buffer)
    {
        var arena = BufferArena.Current;
        BufferArena.Retain(arena, buffer.Root);
        return arena?.TakeView() ?? new RetainedArrayView();
    }
}
