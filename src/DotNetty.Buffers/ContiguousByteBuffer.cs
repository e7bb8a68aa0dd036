#nullable disable
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DotNetty.Buffers;

/// <summary>
/// A buffer whose bytes lie in one region of an array. The root owns the region; views of it look through the root at every access,
/// so they follow it when it grows and end with it.
/// </summary>
public abstract partial class ContiguousByteBuffer : AbstractReferenceCountedByteBuffer
{
    private protected static readonly byte[] NoBytes = [];

    private ContiguousByteBuffer _root;
    private byte[] _array = NoBytes;
    private int _offset;
    private int _length;
    private int _shift;

    /// <summary>A root without storage yet.</summary>
    private protected ContiguousByteBuffer(int maxCapacity)
        : base(maxCapacity) => _root = this;

    public override int Capacity => _length;

    public override bool HasArray => true;

    public override byte[] Array
    {
        get
        {
            EnsureAccessible();
            return _root._array;
        }
    }

    public override int ArrayOffset => _root._offset + _shift;

    public override bool HasMemoryAddress => IsDirect;

    public override int IoBufferCount => 1;

    public sealed override bool IsContiguous => true;

    /// <summary>The buffer that owns the storage: this one, unless it is a view.</summary>
    internal ContiguousByteBuffer Root => _root;

    /// <summary>The root's capacity, which a view of the whole of it has as well.</summary>
    private protected int RootLength => _root._length;

    /// <summary>Where this buffer's index 0 is in the root.</summary>
    internal int Shift => _shift;

    public override ref byte GetPinnableMemoryAddress()
    {
        EnsureAccessible();
        return ref MemoryMarshal.GetReference(At(0, 0));
    }

    public override unsafe IntPtr AddressOfPinnedMemory()
    {
        EnsureAccessible();
        return HasMemoryAddress ? (IntPtr)Unsafe.AsPointer(ref MemoryMarshal.GetReference(At(0, 0))) : IntPtr.Zero;
    }

    /// <summary>Gives a root its region. An empty one ends every access, through views too.</summary>
    private protected void SetStorage(byte[] array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        _length = length;
    }

    /// <summary>Changes a root's capacity within the region it has.</summary>
    private protected void SetLength(int length) => _length = length;

    /// <summary>Points a view at <paramref name="length"/> bytes of the root at <paramref name="shift"/>.</summary>
    private protected void SetWindow(ContiguousByteBuffer root, int shift, int length)
    {
        if (_root != root)
            _root = root;
        _shift = shift;
        _length = length;
    }

    /// <summary>The region at <paramref name="index"/>. It is judged against the root as it is now: a view must not reach past a root that has shrunk or ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> At(int index, int length)
    {
        var root = _root;
        var start = _shift + index;
        if ((uint)start > (uint)root._length || (uint)length > (uint)(root._length - start))
            ThrowOutside(index, length);
        return new Span<byte>(root._array, root._offset + start, length);
    }

    [DoesNotReturn]
    private void ThrowOutside(int index, int length)
    {
        EnsureAccessible();
        throw new IndexOutOfRangeException($"{length} bytes at index {index} are not within the {_root._length} bytes of storage.");
    }
}
