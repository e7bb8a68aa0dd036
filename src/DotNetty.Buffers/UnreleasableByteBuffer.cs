#nullable disable
using System.Buffers;
using System.Text;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

/// <summary>Shows a buffer as it is, but keeps its reference count to its maker: retaining and releasing do nothing, here and in every view made from it.</summary>
internal sealed partial class UnreleasableByteBuffer : IByteBuffer
{
    private readonly IByteBuffer _buffer;

    internal UnreleasableByteBuffer(IByteBuffer buffer) => _buffer = buffer;

    public IByteBufferAllocator Allocator => _buffer.Allocator;

    public bool HasArray => _buffer.HasArray;

    public bool HasMemoryAddress => _buffer.HasMemoryAddress;

    public bool IsDirect => _buffer.IsDirect;

    public byte[] Array => _buffer.Array;

    public int ArrayOffset => _buffer.ArrayOffset;

    public int Capacity => _buffer.Capacity;

    public int IoBufferCount => _buffer.IoBufferCount;

    public int MaxCapacity => _buffer.MaxCapacity;

    public int MaxWritableBytes => _buffer.MaxWritableBytes;

    public int ReadableBytes => _buffer.ReadableBytes;

    public int ReaderIndex => _buffer.ReaderIndex;

    public int WritableBytes => _buffer.WritableBytes;

    public int WriterIndex => _buffer.WriterIndex;

    public IByteBuffer AdjustCapacity(int newCapacity)
    {
        _buffer.AdjustCapacity(newCapacity);
        return this;
    }

    public IByteBuffer Clear()
    {
        _buffer.Clear();
        return this;
    }

    public IByteBuffer Copy() => _buffer.Copy();

    public IByteBuffer Copy(int index, int length) => _buffer.Copy(index, length);

    public IByteBuffer DiscardReadBytes()
    {
        _buffer.DiscardReadBytes();
        return this;
    }

    public IByteBuffer DiscardSomeReadBytes()
    {
        _buffer.DiscardSomeReadBytes();
        return this;
    }

    public IByteBuffer Duplicate() => Keep(_buffer.Duplicate());

    public IByteBuffer EnsureWritable(int minWritableBytes)
    {
        _buffer.EnsureWritable(minWritableBytes);
        return this;
    }

    public IByteBuffer MarkReaderIndex()
    {
        _buffer.MarkReaderIndex();
        return this;
    }

    public IByteBuffer MarkWriterIndex()
    {
        _buffer.MarkWriterIndex();
        return this;
    }

    public IByteBuffer ResetReaderIndex()
    {
        _buffer.ResetReaderIndex();
        return this;
    }

    public IByteBuffer ResetWriterIndex()
    {
        _buffer.ResetWriterIndex();
        return this;
    }

    public IByteBuffer RetainedDuplicate() => Keep(_buffer.Duplicate());

    public IByteBuffer RetainedSlice() => Keep(_buffer.Slice());

    public IByteBuffer RetainedSlice(int index, int length) => Keep(_buffer.Slice(index, length));

    public IByteBuffer SetIndex(int readerIndex, int writerIndex)
    {
        _buffer.SetIndex(readerIndex, writerIndex);
        return this;
    }

    public IByteBuffer SetReaderIndex(int readerIndex)
    {
        _buffer.SetReaderIndex(readerIndex);
        return this;
    }

    public IByteBuffer SetWriterIndex(int writerIndex)
    {
        _buffer.SetWriterIndex(writerIndex);
        return this;
    }

    public IByteBuffer SkipBytes(int length)
    {
        _buffer.SkipBytes(length);
        return this;
    }

    public IByteBuffer Slice() => Keep(_buffer.Slice());

    public IByteBuffer Slice(int index, int length) => Keep(_buffer.Slice(index, length));

    public IByteBuffer Unwrap() => _buffer;

    public ArraySegment<byte> GetIoBuffer() => _buffer.GetIoBuffer();

    public ArraySegment<byte> GetIoBuffer(int index, int length) => _buffer.GetIoBuffer(index, length);

    public ArraySegment<byte>[] GetIoBuffers() => _buffer.GetIoBuffers();

    public ArraySegment<byte>[] GetIoBuffers(int index, int length) => _buffer.GetIoBuffers(index, length);

    public IntPtr AddressOfPinnedMemory() => _buffer.AddressOfPinnedMemory();

    public bool IsReadable() => _buffer.IsReadable();

    public bool IsReadable(int size) => _buffer.IsReadable(size);

    public bool IsWritable() => _buffer.IsWritable();

    public bool IsWritable(int size) => _buffer.IsWritable(size);

    public ref byte GetPinnableMemoryAddress() => ref _buffer.GetPinnableMemoryAddress();

    public int BytesBefore(byte value) => _buffer.BytesBefore(value);

    public int BytesBefore(int index, int length, byte value) => _buffer.BytesBefore(index, length, value);

    public int BytesBefore(int length, byte value) => _buffer.BytesBefore(length, value);

    public int EnsureWritable(int minWritableBytes, bool force) => _buffer.EnsureWritable(minWritableBytes, force);

    public int ForEachByte(IByteProcessor processor) => _buffer.ForEachByte(processor);

    public int ForEachByte(int index, int length, IByteProcessor processor) => _buffer.ForEachByte(index, length, processor);

    public int ForEachByteDesc(IByteProcessor processor) => _buffer.ForEachByteDesc(processor);

    public int ForEachByteDesc(int index, int length, IByteProcessor processor) => _buffer.ForEachByteDesc(index, length, processor);

    public int IndexOf(int fromIndex, int toIndex, byte value) => _buffer.IndexOf(fromIndex, toIndex, value);

    public override string ToString() => $"{nameof(UnreleasableByteBuffer)}({_buffer})";

    public string ToString(Encoding encoding) => _buffer.ToString(encoding);

    public string ToString(int index, int length, Encoding encoding) => _buffer.ToString(index, length, encoding);

    public int ReferenceCount => _buffer.ReferenceCount;

    public IReferenceCounted Retain() => this;

    public IReferenceCounted Retain(int increment) => this;

    public IReferenceCounted Touch() => this;

    public IReferenceCounted Touch(object hint) => this;

    public bool Release() => false;

    public bool Release(int decrement) => false;

    public bool IsContiguous => _buffer.IsContiguous;

    public int StorageSize => _buffer.StorageSize;

    public ReadOnlySpan<byte> ReadableSpan => _buffer.ReadableSpan;

    public ReadOnlyMemory<byte> ReadableMemory => _buffer.ReadableMemory;

    public ReadOnlySequence<byte> ReadableSequence => _buffer.ReadableSequence;

    public void AddIoBuffersTo(List<ArraySegment<byte>> regions) => _buffer.AddIoBuffersTo(regions);

    public Span<byte> GetWritableSpan(int minimum) => _buffer.GetWritableSpan(minimum);

    public void AdvanceWriter(int count) => _buffer.AdvanceWriter(count);

    public IByteBuffer WriteBytes(ReadOnlySpan<byte> src)
    {
        _buffer.WriteBytes(src);
        return this;
    }

    public void GetBytes(int index, Span<byte> destination) => _buffer.GetBytes(index, destination);

    public int CompareTo(IByteBuffer other) => _buffer.CompareTo(other);

    public bool Equals(IByteBuffer other) => _buffer.Equals(other);

    public override bool Equals(object obj) => obj is IByteBuffer other && Equals(other);

    public override int GetHashCode() => _buffer.GetHashCode();

    private static UnreleasableByteBuffer Keep(IByteBuffer view) => new(view);
}
