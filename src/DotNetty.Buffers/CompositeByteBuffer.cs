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
    private readonly bool _direct;
    private readonly List<Component> _parts = [];
    private int _recent;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNumComponents"/> is less than 1.</exception>
    public CompositeByteBuffer(IByteBufferAllocator allocator, bool direct, int maxNumComponents)
        : base(AbstractByteBufferAllocator.DefaultMaxCapacity)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumComponents, 1);
        Allocator = allocator;
        MaxNumComponents = maxNumComponents;
        _direct = direct;
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

    public override IByteBufferAllocator Allocator { get; }

    /// <summary>The number of components above which they are merged into one.</summary>
    public virtual int MaxNumComponents { get; }

    public virtual int NumComponents => _parts.Count;

    public override int Capacity => _parts.Count == 0 ? 0 : _parts[^1].End;

    public override bool IsDirect => _parts.Count == 0 ? _direct : _parts.TrueForAll(part => part.Source.IsDirect);

    public override bool HasArray => _parts.Count == 0 || (_parts.Count == 1 && _parts[0].Source.HasArray);

    public override byte[] Array => _parts.Count switch
    {
        0 => [],
        1 => _parts[0].Source.Array,
        _ => throw new NotSupportedException("Several arrays are behind this buffer."),
    };

    public override int ArrayOffset => _parts.Count switch
    {
        0 => 0,
        1 => _parts[0].Source.ArrayOffset + _parts[0].Shift,
        _ => throw new NotSupportedException("Several arrays are behind this buffer."),
    };

    public override bool HasMemoryAddress => _parts.Count == 1 && _parts[0].Source.HasMemoryAddress;

    public override int IoBufferCount => _parts.Count <= 1 ? 1 : _parts.Sum(part => part.Source.IoBufferCount);

    public override bool IsContiguous => _parts.Count == 0 || (_parts.Count == 1 && _parts[0].Source.IsContiguous);

    public override int StorageSize
    {
        get
        {
            long sum = 0;
            foreach (var part in _parts)
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
        if (_parts.Count == 0)
            return ref Unpooled.Empty.GetPinnableMemoryAddress();
        if (_parts.Count > 1)
            throw RegionErrors.NotContiguous(IoBufferCount);
        return ref InternalComponent(0).GetPinnableMemoryAddress();
    }

    public override IntPtr AddressOfPinnedMemory() => _parts.Count == 1 ? InternalComponent(0).AddressOfPinnedMemory() : IntPtr.Zero;

    public override IReferenceCounted Touch()
    {
        base.Touch();
        foreach (var part in _parts)
            part.Source.Touch();
        return this;
    }

    public override IReferenceCounted Touch(object hint)
    {
        base.Touch(hint);
        foreach (var part in _parts)
            part.Source.Touch(hint);
        return this;
    }

    /// <summary>The components as they are, in order; they share their reference counts.</summary>
    public virtual IEnumerator<IByteBuffer> GetEnumerator()
    {
        EnsureAccessible();
        return _parts.Select(part => part.View).ToList().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => ReferenceCount == 0 ? base.ToString() : $"{base.ToString()[..^1]}, components={_parts.Count})";

    protected internal override void Deallocate()
    {
        var parts = _parts.ToArray();
        _parts.Clear();
        foreach (var part in parts)
            part.Source.Release();
    }

    /// <summary>The component that holds byte <paramref name="index"/>.</summary>
    private Component Find(int index) => _parts[FindPosition(index)];

    private int FindPosition(int index)
    {
        if (_recent < _parts.Count && _parts[_recent].Holds(index, 1))
            return _recent;

        var low = 0;
        var high = _parts.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var part = _parts[middle];
            if (index >= part.End)
                low = middle + 1;
            else if (index < part.Offset)
                high = middle - 1;
            else
                return _recent = middle;
        }

        throw new IndexOutOfRangeException($"There is no byte {index} in a composite of {Capacity} bytes.");
    }
}
