#nullable disable
using System.Diagnostics.CodeAnalysis;
using System.Text;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

/// <summary>The buffer without bytes: never full, never freed, and the same for everybody. Whatever would read or write a byte throws <see cref="IndexOutOfRangeException"/>.</summary>
public sealed partial class EmptyByteBuffer : IByteBuffer
{
    private const int NotFound = -1;

    private static byte _noByte;

    public EmptyByteBuffer(IByteBufferAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        Allocator = allocator;
    }

    public IByteBufferAllocator Allocator { get; }

    public bool HasArray => true;

    public bool HasMemoryAddress => false;

    public bool IsDirect => false;

    public byte[] Array => [];

    public int ArrayOffset => 0;

    public int Capacity => 0;

    public int IoBufferCount => 1;

    public int MaxCapacity => 0;

    public int MaxWritableBytes => 0;

    public int ReadableBytes => 0;

    public int ReaderIndex => 0;

    public int ReferenceCount => 1;

    public int WritableBytes => 0;

    public int WriterIndex => 0;

    public IByteBuffer AdjustCapacity(int newCapacity) => newCapacity == 0 ? this : throw new NotSupportedException("The empty buffer stays empty.");

    public IByteBuffer Clear() => this;

    public IByteBuffer Copy() => this;

    public IByteBuffer Copy(int index, int length) => Only(index, length);

    public IByteBuffer DiscardReadBytes() => this;

    public IByteBuffer DiscardSomeReadBytes() => this;

    public IByteBuffer Duplicate() => this;

    public IByteBuffer EnsureWritable(int minWritableBytes) => Only(0, minWritableBytes);

    public IByteBuffer MarkReaderIndex() => this;

    public IByteBuffer MarkWriterIndex() => this;

    public IByteBuffer ResetReaderIndex() => this;

    public IByteBuffer ResetWriterIndex() => this;

    public IByteBuffer RetainedDuplicate() => this;

    public IByteBuffer RetainedSlice() => this;

    public IByteBuffer RetainedSlice(int index, int length) => Only(index, length);

    public IByteBuffer SetIndex(int readerIndex, int writerIndex) => Only(readerIndex | writerIndex, 0);

    public IByteBuffer SetReaderIndex(int readerIndex) => Only(readerIndex, 0);

    public IByteBuffer SetWriterIndex(int writerIndex) => Only(writerIndex, 0);

    public IByteBuffer SkipBytes(int length) => Only(0, length);

    public IByteBuffer Slice() => this;

    public IByteBuffer Slice(int index, int length) => Only(index, length);

    public IByteBuffer Unwrap() => null;

    public IReferenceCounted Retain() => this;

    public IReferenceCounted Retain(int increment) => this;

    public IReferenceCounted Touch() => this;

    public IReferenceCounted Touch(object hint) => this;

    public ArraySegment<byte> GetIoBuffer() => ArraySegment<byte>.Empty;

    public ArraySegment<byte> GetIoBuffer(int index, int length) => Only(index, length) == this ? ArraySegment<byte>.Empty : default;

    public ArraySegment<byte>[] GetIoBuffers() => [ArraySegment<byte>.Empty];

    public ArraySegment<byte>[] GetIoBuffers(int index, int length) => Only(index, length) == this ? [ArraySegment<byte>.Empty] : null;

    public IntPtr AddressOfPinnedMemory() => IntPtr.Zero;

    public bool Equals(IByteBuffer buffer) => buffer != null && !buffer.IsReadable();

    public bool IsReadable() => false;

    public bool IsReadable(int size) => size <= 0;

    public bool IsWritable() => false;

    public bool IsWritable(int size) => size <= 0;

    public bool Release() => false;

    public bool Release(int decrement) => false;

    public ref byte GetPinnableMemoryAddress() => ref _noByte;

    public byte[] ToArray() => [];

    public int BytesBefore(byte value) => NotFound;

    public int BytesBefore(int index, int length, byte value) => Only(index, length) == this ? NotFound : 0;

    public int BytesBefore(int length, byte value) => Only(0, length) == this ? NotFound : 0;

    public int CompareTo(IByteBuffer buffer) => buffer.IsReadable() ? -1 : 0;

    public int EnsureWritable(int minWritableBytes, bool force) => minWritableBytes switch
    {
        < 0 => throw new ArgumentOutOfRangeException(nameof(minWritableBytes)),
        0 => 0,
        _ => 1,
    };

    public int ForEachByte(IByteProcessor processor) => NotFound;

    public int ForEachByte(int index, int length, IByteProcessor processor) => Only(index, length) == this ? NotFound : 0;

    public int ForEachByteDesc(IByteProcessor processor) => NotFound;

    public int ForEachByteDesc(int index, int length, IByteProcessor processor) => Only(index, length) == this ? NotFound : 0;

    public int IndexOf(int fromIndex, int toIndex, byte value) => NotFound;

    public override bool Equals(object obj) => obj is IByteBuffer buffer && Equals(buffer);

    public override int GetHashCode() => ByteBufferUtil.HashCode(this);

    public override string ToString() => "EmptyByteBuffer";

    public string ToString(Encoding encoding) => string.Empty;

    public string ToString(int index, int length, Encoding encoding) => Only(index, length) == this ? string.Empty : null;

    public bool IsContiguous => true;

    public ReadOnlySpan<byte> ReadableSpan => [];

    public ReadOnlyMemory<byte> ReadableMemory => ReadOnlyMemory<byte>.Empty;

    public void AdvanceWriter(int count) => Only(0, count);

    public IByteBuffer WriteBytes(ReadOnlySpan<byte> src) => Only(0, src.Length);

    public void GetBytes(int index, Span<byte> destination) => Only(index, destination.Length);

    public Span<byte> GetWritableSpan(int minimum) => Only(0, minimum) == this ? [] : [];

    private EmptyByteBuffer Only(int index, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return index == 0 && length == 0 ? this : throw Outside();
    }

    private int Encoded(int index, string value, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        Only(index, encoding.GetByteCount(value));
        return 0;
    }

    private static int LengthOf(byte[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Length;
    }

    private static int RoomOf(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.WritableBytes;
    }

    private static int ReadableOf(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.ReadableBytes;
    }

    private static IndexOutOfRangeException Outside() => new("The empty buffer has no bytes.");
}
