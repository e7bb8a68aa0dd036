using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DotNetty.Buffers;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>A buffer without a byte array behind it: its bytes lie in words, as they might in native memory. It cannot grow.</summary>
internal sealed class WordByteBuffer(IByteBufferAllocator allocator, int capacity) : AbstractReferenceCountedByteBuffer(capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 7) / 8];

    public override int Capacity => MaxCapacity;

    public override IByteBufferAllocator Allocator => allocator;

    public override bool IsDirect => true;

    public override bool HasArray => false;

    public override byte[] Array => throw new NotSupportedException("There is no array.");

    public override int ArrayOffset => throw new NotSupportedException("There is no array.");

    public override bool HasMemoryAddress => false;

    public override int IoBufferCount => 1;

    public override ReadOnlySpan<byte> ReadableSpan => At(ReaderIndex, ReadableBytes);

    public override Span<byte> GetWritableSpan(int minimum)
    {
        EnsureWritable(minimum);
        return At(WriterIndex, WritableBytes);
    }

    public override ref byte GetPinnableMemoryAddress() => ref MemoryMarshal.GetReference(At(0, Capacity));

    public override IntPtr AddressOfPinnedMemory() => IntPtr.Zero;

    public override IByteBuffer AdjustCapacity(int newCapacity) => throw new NotSupportedException("Its capacity is fixed.");

    public override IByteBuffer Unwrap() => null!;

    public override IByteBuffer Copy(int index, int length) => Unpooled.CopiedBuffer(At(index, length).ToArray());

    // A region of an array is what the caller asks for; he gets a copy.
    public override ArraySegment<byte> GetIoBuffer(int index, int length) => At(index, length).ToArray();

    public override ArraySegment<byte>[] GetIoBuffers(int index, int length) => [GetIoBuffer(index, length)];

    public override void GetBytes(int index, Span<byte> destination) => At(index, destination.Length).CopyTo(destination);

    public override IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length)
    {
        At(index, length).CopyTo(destination.AsSpan(dstIndex));
        return this;
    }

    public override IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length)
    {
        destination.SetBytes(dstIndex, At(index, length).ToArray());
        return this;
    }

    public override IByteBuffer GetBytes(int index, Stream destination, int length)
    {
        destination.Write(At(index, length));
        return this;
    }

    public override IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length)
    {
        src.AsSpan(srcIndex, length).CopyTo(At(index, length));
        return this;
    }

    public override IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length)
    {
        src.GetBytes(srcIndex, At(index, length));
        return this;
    }

    public override Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken) =>
        Task.FromResult(src.ReadAtLeast(At(index, length), length, throwOnEndOfStream: false));

    protected override byte _GetByte(int index) => At(index, 1)[0];

    protected override short _GetShort(int index) => BinaryPrimitives.ReadInt16BigEndian(At(index, 2));

    protected override short _GetShortLE(int index) => BinaryPrimitives.ReadInt16LittleEndian(At(index, 2));

    protected override int _GetInt(int index) => BinaryPrimitives.ReadInt32BigEndian(At(index, 4));

    protected override int _GetIntLE(int index) => BinaryPrimitives.ReadInt32LittleEndian(At(index, 4));

    protected override long _GetLong(int index) => BinaryPrimitives.ReadInt64BigEndian(At(index, 8));

    protected override long _GetLongLE(int index) => BinaryPrimitives.ReadInt64LittleEndian(At(index, 8));

    protected override int _GetUnsignedMedium(int index) => (_GetByte(index) << 16) | (ushort)_GetShort(index + 1);

    protected override int _GetUnsignedMediumLE(int index) => (ushort)_GetShortLE(index) | (_GetByte(index + 2) << 16);

    protected override void _SetByte(int index, int value) => At(index, 1)[0] = (byte)value;

    protected override void _SetShort(int index, int value) => BinaryPrimitives.WriteInt16BigEndian(At(index, 2), (short)value);

    protected override void _SetShortLE(int index, int value) => BinaryPrimitives.WriteInt16LittleEndian(At(index, 2), (short)value);

    protected override void _SetMedium(int index, int value)
    {
        _SetByte(index, value >> 16);
        _SetShort(index + 1, value);
    }

    protected override void _SetMediumLE(int index, int value)
    {
        _SetShortLE(index, value);
        _SetByte(index + 2, value >> 16);
    }

    protected override void _SetInt(int index, int value) => BinaryPrimitives.WriteInt32BigEndian(At(index, 4), value);

    protected override void _SetIntLE(int index, int value) => BinaryPrimitives.WriteInt32LittleEndian(At(index, 4), value);

    protected override void _SetLong(int index, long value) => BinaryPrimitives.WriteInt64BigEndian(At(index, 8), value);

    protected override void _SetLongLE(int index, long value) => BinaryPrimitives.WriteInt64LittleEndian(At(index, 8), value);

    protected override void Deallocate() => System.Array.Clear(_words);

    private Span<byte> At(int index, int length) => MemoryMarshal.AsBytes(_words.AsSpan()).Slice(index, length);
}
