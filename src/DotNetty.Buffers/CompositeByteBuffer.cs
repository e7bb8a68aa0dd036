#nullable disable
using System.Collections;
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>
/// Several buffers shown as one, without copying. It owns its components: adding one hands its reference over.
/// The writer index moves only where the caller asks for it.
/// </summary>
public partial class CompositeByteBuffer : AbstractReferenceCountedByteBuffer, IEnumerable<IByteBuffer>
{
    private IByteBufferAllocator _allocator;
    private bool _direct;
    private int _maxNumComponents;
    private int _recent;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNumComponents"/> is less than 1.</exception>
    public CompositeByteBuffer(IByteBufferAllocator allocator, bool direct, int maxNumComponents)
        : base(AbstractByteBufferAllocator.DefaultMaxCapacity)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumComponents, 1);
        SetUp(allocator, direct, maxNumComponents);
    }

    /// <summary>Begins with <paramref name="buffers"/>, all of them readable.</summary>
    public CompositeByteBuffer(IByteBufferAllocator allocator, bool direct, int maxNumComponents, params IByteBuffer[] buffers)
        : this(allocator, direct, maxNumComponents, (IEnumerable<IByteBuffer>)buffers)
    {
    }

    /// <summary>Begins with <paramref name="buffers"/>, all of them readable.</summary>
    public CompositeByteBuffer(IByteBufferAllocator allocator, bool direct, int maxNumComponents, IEnumerable<IByteBuffer> buffers)
        : this(allocator, direct, maxNumComponents)
    {
        InsertAll(0, buffers);
        ConsolidateIfNeeded();
        SetIndex0(0, Capacity);
    }

    public override IByteBufferAllocator Allocator => _allocator;

    /// <summary>The number of components above which they are merged into one.</summary>
    public virtual int MaxNumComponents => _maxNumComponents;

    public virtual int NumComponents => _count;

    public override int Capacity => _count == 0 ? 0 : _parts[_count - 1].End;

    public override bool IsDirect
    {
        get
        {
            foreach (ref readonly var part in Parts)
            {
                if (!part.Source.IsDirect)
                    return false;
            }

            return _count > 0 || _direct;
        }
    }

    public override bool HasArray => _count == 0 || (_count == 1 && _parts[0].Source.HasArray);

    public override byte[] Array => _count switch
    {
        0 => [],
        1 => _parts[0].Source.Array,
        _ => throw new NotSupportedException("Several arrays are behind this buffer."),
    };

    public override int ArrayOffset => _count switch
    {
        0 => 0,
        1 => _parts[0].Source.ArrayOffset + _parts[0].Shift,
        _ => throw new NotSupportedException("Several arrays are behind this buffer."),
    };

    public override bool HasMemoryAddress => _count == 1 && _parts[0].Source.HasMemoryAddress;

    public override int IoBufferCount
    {
        get
        {
            if (_count <= 1)
                return 1;

            var sum = 0;
            foreach (ref readonly var part in Parts)
                sum += part.Source.IoBufferCount;
            return sum;
        }
    }

    public override bool IsContiguous => _count == 0 || (_count == 1 && _parts[0].Source.IsContiguous);

    public override int StorageSize
    {
        get
        {
            long sum = 0;
            foreach (ref readonly var part in Parts)
                sum += part.Source.StorageSize;
            return (int)Math.Min(sum, int.MaxValue);
        }
    }

    /// <summary>A duplicate of component <paramref name="cIndex"/>, which shares its reference count.</summary>
    public virtual IByteBuffer this[int cIndex] => InternalComponent(cIndex).Duplicate();

    public override IByteBuffer Unwrap() => null;

    public override ref byte GetPinnableMemoryAddress()
    {
        EnsureAccessible();
        if (_count == 0)
            return ref Unpooled.Empty.GetPinnableMemoryAddress();
        if (_count > 1)
            throw RegionErrors.NotContiguous(IoBufferCount);
        return ref InternalComponent(0).GetPinnableMemoryAddress();
    }

    public override IntPtr AddressOfPinnedMemory() => _count == 1 ? InternalComponent(0).AddressOfPinnedMemory() : IntPtr.Zero;

    public override IReferenceCounted Touch()
    {
        base.Touch();
        foreach (ref readonly var part in Parts)
            part.Source.Touch();
        return this;
    }

    public override IReferenceCounted Touch(object hint)
    {
        base.Touch(hint);
        foreach (ref readonly var part in Parts)
            part.Source.Touch(hint);
        return this;
    }

    /// <summary>The components as they are, in order; they share their reference counts.</summary>
    public virtual IEnumerator<IByteBuffer> GetEnumerator()
    {
        EnsureAccessible();
        var views = new List<IByteBuffer>(_count);
        foreach (ref var part in Parts)
            views.Add(part.View);
        return views.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => ReferenceCount == 0 ? base.ToString() : $"{base.ToString()[..^1]}, components={_count})";

    protected internal override void Deallocate() => DropParts();

    /// <summary>Says what the composite is; the constructor's part of a life that begins.</summary>
    private protected void SetUp(IByteBufferAllocator allocator, bool direct, int maxNumComponents)
    {
        _allocator = allocator;
        _direct = direct;
        _maxNumComponents = maxNumComponents;
    }
}
