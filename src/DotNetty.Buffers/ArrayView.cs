#nullable disable
namespace DotNetty.Buffers;

/// <summary>A slice or duplicate of a <see cref="ContiguousByteBuffer"/>: its window on the root, with indices of its own.</summary>
internal abstract class ArrayView : ContiguousByteBuffer
{
    private static readonly ContiguousByteBuffer Ended = MakeEnded();

    private bool _isWhole;

    private protected ArrayView()
        : base(0)
    {
    }

    /// <summary>A slice has a fixed size; a duplicate of a root has the root's and grows it.</summary>
    public override int Capacity => _isWhole ? RootLength : base.Capacity;

    public override int MaxCapacity => _isWhole ? Root.MaxCapacity : base.Capacity;

    public override IByteBufferAllocator Allocator => Root.Allocator;

    public override bool IsDirect => Root.IsDirect;

    public override bool HasMemoryAddress => Root.HasMemoryAddress;

    public override int StorageSize => Root.StorageSize;

    internal override int CapacityInPlace => _isWhole ? Root.CapacityInPlace : base.Capacity;

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        if (!_isWhole)
            throw new NotSupportedException("A slice has the size it was made with.");
        Root.AdjustCapacity(newCapacity);
        ClampIndices(newCapacity);
        return this;
    }

    private protected void ShowSlice(ContiguousByteBuffer of, int index, int length)
    {
        _isWhole = false;
        SetWindow(of.Root, of.Shift + index, length);
        SetIndex0(0, length);
    }

    private protected void ShowAll(ContiguousByteBuffer of)
    {
        _isWhole = of is not ArrayView view || view._isWhole;
        SetWindow(of.Root, of.Shift, of.Capacity);
        SetIndex0(of.ReaderIndex, of.WriterIndex);
        MarkIndex();
    }

    /// <summary>Lets go of the root: what is done to this view from now on fails.</summary>
    private protected void ShowNothing()
    {
        _isWhole = false;
        SetWindow(Ended, 0, 0);
    }

    private static UnpooledHeapByteBuffer MakeEnded()
    {
        var ended = new UnpooledHeapByteBuffer(UnpooledByteBufferAllocator.Default, 0, 0);
        ended.Release();
        return ended;
    }
}
