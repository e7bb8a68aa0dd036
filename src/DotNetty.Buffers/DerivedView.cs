#nullable disable
using System.Runtime.CompilerServices;

namespace DotNetty.Buffers;

/// <summary>A slice or duplicate of a buffer that is not one region, or not ours: everything goes through the buffer it was made from.</summary>
internal sealed partial class DerivedView : AbstractDerivedByteBuffer
{
    private readonly IByteBuffer _parent;
    private readonly int _shift;
    private readonly int _length;
    private readonly bool _isWhole;

    internal DerivedView(IByteBuffer parent, int index, int length)
        : base(length)
    {
        _parent = parent;
        _shift = index;
        _length = length;
        Counted = (parent as AbstractByteBuffer)?.Counted;
        SetIndex0(0, length);
    }

    internal DerivedView(IByteBuffer parent)
        : base(parent.MaxCapacity)
    {
        _parent = parent;
        _isWhole = true;
        Counted = (parent as AbstractByteBuffer)?.Counted;
        SetIndex0(parent.ReaderIndex, parent.WriterIndex);
        MarkIndex();
    }

    public override int Capacity => _isWhole ? _parent.Capacity : _length;

    public override IByteBufferAllocator Allocator => _parent.Allocator;

    public override bool IsDirect => _parent.IsDirect;

    public override bool HasArray => _parent.HasArray;

    public override byte[] Array => _parent.Array;

    public override int ArrayOffset => _parent.ArrayOffset + _shift;

    public override bool HasMemoryAddress => _parent.HasMemoryAddress;

    public override int IoBufferCount => _parent is AbstractByteBuffer ours ? ours.CountRegions(_shift, Capacity) : _parent.IoBufferCount;

    public override int StorageSize => _parent.StorageSize;

    public override IByteBuffer Unwrap() => _parent;

    public override ref byte GetPinnableMemoryAddress() => ref Unsafe.Add(ref _parent.GetPinnableMemoryAddress(), _shift);

    public override IntPtr AddressOfPinnedMemory() => _parent.AddressOfPinnedMemory() is var address && address != IntPtr.Zero ? address + _shift : address;

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        if (!_isWhole)
            throw new NotSupportedException("A slice has the size it was made with.");
        _parent.AdjustCapacity(newCapacity);
        ClampIndices(newCapacity);
        return this;
    }

    public override IByteBuffer Copy(int index, int length)
    {
        CheckIndex(index, length);
        return _parent.Copy(_shift + index, length);
    }

    public override IByteBuffer Slice(int index, int length)
    {
        CheckIndex(index, length);
        return _parent.Slice(_shift + index, length);
    }

    public override IByteBuffer RetainedSlice(int index, int length)
    {
        CheckIndex(index, length);
        return _parent.RetainedSlice(_shift + index, length);
    }

    public override IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length)
    {
        CheckIndex(index, length);
        _parent.GetBytes(_shift + index, destination, dstIndex, length);
        return this;
    }

    public override IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length)
    {
        CheckIndex(index, length);
        _parent.GetBytes(_shift + index, destination, dstIndex, length);
        return this;
    }

    public override IByteBuffer GetBytes(int index, Stream destination, int length)
    {
        CheckIndex(index, length);
        _parent.GetBytes(_shift + index, destination, length);
        return this;
    }

    public override void GetBytes(int index, Span<byte> destination)
    {
        CheckIndex(index, destination.Length);
        _parent.GetBytes(_shift + index, destination);
    }

    public override IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length)
    {
        CheckIndex(index, length);
        _parent.SetBytes(_shift + index, src, srcIndex, length);
        return this;
    }

    public override IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length)
    {
        CheckIndex(index, length);
        _parent.SetBytes(_shift + index, src, srcIndex, length);
        return this;
    }

    public override Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken)
    {
        CheckIndex(index, length);
        return _parent.SetBytesAsync(_shift + index, src, length, cancellationToken);
    }

    public override ArraySegment<byte> GetIoBuffer(int index, int length)
    {
        CheckIndex(index, length);
        return _parent.GetIoBuffer(_shift + index, length);
    }

    public override ArraySegment<byte>[] GetIoBuffers(int index, int length)
    {
        CheckIndex(index, length);
        return _parent.GetIoBuffers(_shift + index, length);
    }

    internal override int CountRegions(int index, int length) =>
        _parent is AbstractByteBuffer ours ? ours.CountRegions(_shift + index, length) : _parent.IoBufferCount;

    internal override void AddRegions(List<ArraySegment<byte>> regions, int index, int length)
    {
        CheckIndex(index, length);
        AddRegions(regions, _parent, _shift + index, length);
    }

    internal override Memory<byte> RegionAt(int index, int minimum)
    {
        var region = _parent is AbstractByteBuffer ours ? ours.RegionAt(_shift + index, minimum) : base.RegionAt(index, minimum);
        return region[..Math.Min(region.Length, Capacity - index)];
    }

    internal override void SetSpan(int index, ReadOnlySpan<byte> src)
    {
        CheckIndex(index, src.Length);
        SpanAccess.Set(_parent, _shift + index, src);
    }
}
