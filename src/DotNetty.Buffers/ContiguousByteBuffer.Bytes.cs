#nullable disable
using System.Buffers;
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public abstract partial class ContiguousByteBuffer
{
    public sealed override ReadOnlySpan<byte> ReadableSpan
    {
        get
        {
            EnsureAccessible();
            return At(_readerIndex, _writerIndex - _readerIndex);
        }
    }

    public sealed override ReadOnlyMemory<byte> ReadableMemory => MemoryAt(_readerIndex, _writerIndex - _readerIndex);

    public sealed override ReadOnlySequence<byte> ReadableSequence => new(ReadableMemory);

    public sealed override Span<byte> GetWritableSpan(int minimum)
    {
        EnsureWritable(minimum);
        return At(_writerIndex, Capacity - _writerIndex);
    }

    internal sealed override Memory<byte> RegionAt(int index, int minimum) => MemoryAt(index, Capacity - index);

    public override IByteBuffer GetBytes(int index, byte[] dst, int dstIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckDstIndex(index, length, dstIndex, dst.Length);
        At(index, length).CopyTo(dst.AsSpan(dstIndex, length));
        return this;
    }

    public override IByteBuffer GetBytes(int index, IByteBuffer dst, int dstIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckDstIndex(index, length, dstIndex, dst.Capacity);
        if (dst is AbstractByteBuffer ours)
            ours.SetSpan(dstIndex, At(index, length));
        else
            dst.SetBytes(dstIndex, Array, ArrayOffset + index, length);
        return this;
    }

    public override IByteBuffer GetBytes(int index, Stream destination, int length)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CheckIndex(index, length);
        destination.Write(At(index, length));
        return this;
    }

    public sealed override void GetBytes(int index, Span<byte> destination)
    {
        CheckIndex(index, destination.Length);
        At(index, destination.Length).CopyTo(destination);
    }

    public override IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckSrcIndex(index, length, srcIndex, src.Length);
        src.AsSpan(srcIndex, length).CopyTo(At(index, length));
        return this;
    }

    public override IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckSrcIndex(index, length, srcIndex, src.Capacity);
        src.GetBytes(srcIndex, At(index, length));
        return this;
    }

    public sealed override IByteBuffer WriteBytes(ReadOnlySpan<byte> src)
    {
        var index = Writable(src.Length);
        src.CopyTo(At(index, src.Length));
        _writerIndex = index + src.Length;
        return this;
    }

    internal sealed override void SetSpan(int index, ReadOnlySpan<byte> src)
    {
        CheckIndex(index, src.Length);
        src.CopyTo(At(index, src.Length));
    }

    public override Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckIndex(index, length);
        return src.ReadAtLeastAsync(MemoryAt(index, length), length, throwOnEndOfStream: false, cancellationToken).AsTask();
    }

    public override IByteBuffer SetZero(int index, int length)
    {
        CheckIndex(index, length);
        At(index, length).Clear();
        return this;
    }

    public override ArraySegment<byte> GetIoBuffer(int index, int length)
    {
        CheckIndex(index, length);
        return new ArraySegment<byte>(_root._array, ArrayOffset + index, length);
    }

    public override ArraySegment<byte>[] GetIoBuffers(int index, int length) => [GetIoBuffer(index, length)];

    public override IByteBuffer Copy(int index, int length)
    {
        CheckIndex(index, length);
        var copy = Allocator.Buffer(length, Math.Max(length, MaxCapacity));
        copy.WriteBytes(At(index, length));
        return copy;
    }

    public override IByteBuffer Slice(int index, int length)
    {
        CheckIndex(index, length);
        return new SharedArrayView(this, index, length);
    }

    public override IByteBuffer Duplicate()
    {
        EnsureAccessible();
        return new SharedArrayView(this);
    }

    public override IByteBuffer RetainedSlice(int index, int length)
    {
        CheckIndex(index, length);
        return RetainedArrayView.Slice(this, index, length);
    }

    public override IByteBuffer RetainedDuplicate()
    {
        EnsureAccessible();
        return RetainedArrayView.Duplicate(this);
    }

    public override int ForEachByte(int index, int length, IByteProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(processor);
        CheckIndex(index, length);
        var bytes = At(index, length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!processor.Process(bytes[i]))
                return index + i;
        }

        return -1;
    }

    internal sealed override int FindFirst(int from, int to, byte value)
    {
        var found = At(from, to - from).IndexOf(value);
        return found < 0 ? found : from + found;
    }

    internal sealed override int FindLast(int from, int to, byte value)
    {
        var found = At(from, to - from).LastIndexOf(value);
        return found < 0 ? found : from + found;
    }

    private protected sealed override void SetEncoded(int index, string value, int length, Encoding encoding) =>
        encoding.GetBytes(value, At(index, length));

    private Memory<byte> MemoryAt(int index, int length)
    {
        CheckIndex(index, length);
        return new Memory<byte>(_root._array, ArrayOffset + index, length);
    }
}
