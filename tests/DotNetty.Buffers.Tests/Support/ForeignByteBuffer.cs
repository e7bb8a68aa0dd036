#nullable disable
using System.Text;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers.Tests;

/// <summary>A buffer as somebody else wrote it for DotNetty: it has the contract's members and none of ours.</summary>
internal sealed class ForeignByteBuffer : IByteBuffer
{
    private readonly IByteBuffer _inner;

    internal ForeignByteBuffer(IByteBuffer inner) => _inner = inner;

    public int ReferenceCount => _inner.ReferenceCount;

    public IByteBufferAllocator Allocator => _inner.Allocator;

    public bool HasArray => _inner.HasArray;

    public bool HasMemoryAddress => _inner.HasMemoryAddress;

    public bool IsDirect => _inner.IsDirect;

    public byte[] Array => _inner.Array;

    public int ArrayOffset => _inner.ArrayOffset;

    public int Capacity => _inner.Capacity;

    public int IoBufferCount => _inner.IoBufferCount;

    public int MaxCapacity => _inner.MaxCapacity;

    public int MaxWritableBytes => _inner.MaxWritableBytes;

    public int ReadableBytes => _inner.ReadableBytes;

    public int ReaderIndex => _inner.ReaderIndex;

    public int WritableBytes => _inner.WritableBytes;

    public int WriterIndex => _inner.WriterIndex;

    public IByteBuffer AdjustCapacity(int newCapacity) => This(_inner.AdjustCapacity(newCapacity));

    public IByteBuffer Clear() => This(_inner.Clear());

    public IByteBuffer Copy() => new ForeignByteBuffer(_inner.Copy());

    public IByteBuffer Copy(int index, int length) => new ForeignByteBuffer(_inner.Copy(index, length));

    public IByteBuffer DiscardReadBytes() => This(_inner.DiscardReadBytes());

    public IByteBuffer DiscardSomeReadBytes() => This(_inner.DiscardSomeReadBytes());

    public IByteBuffer Duplicate() => new ForeignByteBuffer(_inner.Duplicate());

    public IByteBuffer EnsureWritable(int minWritableBytes) => This(_inner.EnsureWritable(minWritableBytes));

    public IByteBuffer GetBytes(int index, IByteBuffer destination) => This(_inner.GetBytes(index, destination));

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length) => This(_inner.GetBytes(index, destination, dstIndex, length));

    public IByteBuffer GetBytes(int index, IByteBuffer destination, int length) => This(_inner.GetBytes(index, destination, length));

    public IByteBuffer GetBytes(int index, Stream destination, int length) => This(_inner.GetBytes(index, destination, length));

    public IByteBuffer GetBytes(int index, byte[] destination) => This(_inner.GetBytes(index, destination));

    public IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length) => This(_inner.GetBytes(index, destination, dstIndex, length));

    public IByteBuffer MarkReaderIndex() => This(_inner.MarkReaderIndex());

    public IByteBuffer MarkWriterIndex() => This(_inner.MarkWriterIndex());

    public IByteBuffer ReadBytes(IByteBuffer destination) => This(_inner.ReadBytes(destination));

    public IByteBuffer ReadBytes(IByteBuffer destination, int dstIndex, int length) => This(_inner.ReadBytes(destination, dstIndex, length));

    public IByteBuffer ReadBytes(IByteBuffer destination, int length) => This(_inner.ReadBytes(destination, length));

    public IByteBuffer ReadBytes(Stream destination, int length) => This(_inner.ReadBytes(destination, length));

    public IByteBuffer ReadBytes(byte[] destination) => This(_inner.ReadBytes(destination));

    public IByteBuffer ReadBytes(byte[] destination, int dstIndex, int length) => This(_inner.ReadBytes(destination, dstIndex, length));

    public IByteBuffer ReadBytes(int length) => new ForeignByteBuffer(_inner.ReadBytes(length));

    public IByteBuffer ReadRetainedSlice(int length) => new ForeignByteBuffer(_inner.ReadRetainedSlice(length));

    public IByteBuffer ReadSlice(int length) => new ForeignByteBuffer(_inner.ReadSlice(length));

    public IByteBuffer ResetReaderIndex() => This(_inner.ResetReaderIndex());

    public IByteBuffer ResetWriterIndex() => This(_inner.ResetWriterIndex());

    public IByteBuffer RetainedDuplicate() => new ForeignByteBuffer(_inner.RetainedDuplicate());

    public IByteBuffer RetainedSlice() => new ForeignByteBuffer(_inner.RetainedSlice());

    public IByteBuffer RetainedSlice(int index, int length) => new ForeignByteBuffer(_inner.RetainedSlice(index, length));

    public IByteBuffer SetBoolean(int index, bool value) => This(_inner.SetBoolean(index, value));

    public IByteBuffer SetByte(int index, int value) => This(_inner.SetByte(index, value));

    public IByteBuffer SetBytes(int index, IByteBuffer src) => This(_inner.SetBytes(index, src));

    public IByteBuffer SetBytes(int index, IByteBuffer src, int length) => This(_inner.SetBytes(index, src, length));

    public IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length) => This(_inner.SetBytes(index, src, srcIndex, length));

    public IByteBuffer SetBytes(int index, byte[] src) => This(_inner.SetBytes(index, src));

    public IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length) => This(_inner.SetBytes(index, src, srcIndex, length));

    public IByteBuffer SetChar(int index, char value) => This(_inner.SetChar(index, value));

    public IByteBuffer SetDouble(int index, double value) => This(_inner.SetDouble(index, value));

    public IByteBuffer SetDoubleLE(int index, double value) => This(_inner.SetDoubleLE(index, value));

    public IByteBuffer SetFloat(int index, float value) => This(_inner.SetFloat(index, value));

    public IByteBuffer SetFloatLE(int index, float value) => This(_inner.SetFloatLE(index, value));

    public IByteBuffer SetIndex(int readerIndex, int writerIndex) => This(_inner.SetIndex(readerIndex, writerIndex));

    public IByteBuffer SetInt(int index, int value) => This(_inner.SetInt(index, value));

    public IByteBuffer SetIntLE(int index, int value) => This(_inner.SetIntLE(index, value));

    public IByteBuffer SetLong(int index, long value) => This(_inner.SetLong(index, value));

    public IByteBuffer SetLongLE(int index, long value) => This(_inner.SetLongLE(index, value));

    public IByteBuffer SetMedium(int index, int value) => This(_inner.SetMedium(index, value));

    public IByteBuffer SetMediumLE(int index, int value) => This(_inner.SetMediumLE(index, value));

    public IByteBuffer SetReaderIndex(int readerIndex) => This(_inner.SetReaderIndex(readerIndex));

    public IByteBuffer SetShort(int index, int value) => This(_inner.SetShort(index, value));

    public IByteBuffer SetShortLE(int index, int value) => This(_inner.SetShortLE(index, value));

    public IByteBuffer SetUnsignedInt(int index, uint value) => This(_inner.SetUnsignedInt(index, value));

    public IByteBuffer SetUnsignedIntLE(int index, uint value) => This(_inner.SetUnsignedIntLE(index, value));

    public IByteBuffer SetUnsignedShort(int index, ushort value) => This(_inner.SetUnsignedShort(index, value));

    public IByteBuffer SetUnsignedShortLE(int index, ushort value) => This(_inner.SetUnsignedShortLE(index, value));

    public IByteBuffer SetWriterIndex(int writerIndex) => This(_inner.SetWriterIndex(writerIndex));

    public IByteBuffer SetZero(int index, int length) => This(_inner.SetZero(index, length));

    public IByteBuffer SkipBytes(int length) => This(_inner.SkipBytes(length));

    public IByteBuffer Slice() => new ForeignByteBuffer(_inner.Slice());

    public IByteBuffer Slice(int index, int length) => new ForeignByteBuffer(_inner.Slice(index, length));

    public IByteBuffer Unwrap() => _inner;

    public IByteBuffer WriteBoolean(bool value) => This(_inner.WriteBoolean(value));

    public IByteBuffer WriteByte(int value) => This(_inner.WriteByte(value));

    public IByteBuffer WriteBytes(IByteBuffer src) => This(_inner.WriteBytes(src));

    public IByteBuffer WriteBytes(IByteBuffer src, int length) => This(_inner.WriteBytes(src, length));

    public IByteBuffer WriteBytes(IByteBuffer src, int srcIndex, int length) => This(_inner.WriteBytes(src, srcIndex, length));

    public IByteBuffer WriteBytes(byte[] src) => This(_inner.WriteBytes(src));

    public IByteBuffer WriteBytes(byte[] src, int srcIndex, int length) => This(_inner.WriteBytes(src, srcIndex, length));

    public IByteBuffer WriteChar(char value) => This(_inner.WriteChar(value));

    public IByteBuffer WriteDouble(double value) => This(_inner.WriteDouble(value));

    public IByteBuffer WriteDoubleLE(double value) => This(_inner.WriteDoubleLE(value));

    public IByteBuffer WriteFloat(float value) => This(_inner.WriteFloat(value));

    public IByteBuffer WriteFloatLE(float value) => This(_inner.WriteFloatLE(value));

    public IByteBuffer WriteInt(int value) => This(_inner.WriteInt(value));

    public IByteBuffer WriteIntLE(int value) => This(_inner.WriteIntLE(value));

    public IByteBuffer WriteLong(long value) => This(_inner.WriteLong(value));

    public IByteBuffer WriteLongLE(long value) => This(_inner.WriteLongLE(value));

    public IByteBuffer WriteMedium(int value) => This(_inner.WriteMedium(value));

    public IByteBuffer WriteMediumLE(int value) => This(_inner.WriteMediumLE(value));

    public IByteBuffer WriteShort(int value) => This(_inner.WriteShort(value));

    public IByteBuffer WriteShortLE(int value) => This(_inner.WriteShortLE(value));

    public IByteBuffer WriteUnsignedShort(ushort value) => This(_inner.WriteUnsignedShort(value));

    public IByteBuffer WriteUnsignedShortLE(ushort value) => This(_inner.WriteUnsignedShortLE(value));

    public IByteBuffer WriteZero(int length) => This(_inner.WriteZero(length));

    public ICharSequence GetCharSequence(int index, int length, Encoding encoding) => _inner.GetCharSequence(index, length, encoding);

    public ICharSequence ReadCharSequence(int length, Encoding encoding) => _inner.ReadCharSequence(length, encoding);

    public ArraySegment<byte> GetIoBuffer() => _inner.GetIoBuffer();

    public ArraySegment<byte> GetIoBuffer(int index, int length) => _inner.GetIoBuffer(index, length);

    public ArraySegment<byte>[] GetIoBuffers() => _inner.GetIoBuffers();

    public ArraySegment<byte>[] GetIoBuffers(int index, int length) => _inner.GetIoBuffers(index, length);

    public IntPtr AddressOfPinnedMemory() => _inner.AddressOfPinnedMemory();

    public Task WriteBytesAsync(Stream stream, int length) => _inner.WriteBytesAsync(stream, length);

    public Task WriteBytesAsync(Stream stream, int length, CancellationToken cancellationToken) => _inner.WriteBytesAsync(stream, length, cancellationToken);

    public Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken) => _inner.SetBytesAsync(index, src, length, cancellationToken);

    public bool GetBoolean(int index) => _inner.GetBoolean(index);

    public bool IsReadable() => _inner.IsReadable();

    public bool IsReadable(int size) => _inner.IsReadable(size);

    public bool IsWritable() => _inner.IsWritable();

    public bool IsWritable(int size) => _inner.IsWritable(size);

    public bool ReadBoolean() => _inner.ReadBoolean();

    public byte GetByte(int index) => _inner.GetByte(index);

    public ref byte GetPinnableMemoryAddress() => ref _inner.GetPinnableMemoryAddress();

    public byte ReadByte() => _inner.ReadByte();

    public char GetChar(int index) => _inner.GetChar(index);

    public char ReadChar() => _inner.ReadChar();

    public double GetDouble(int index) => _inner.GetDouble(index);

    public double GetDoubleLE(int index) => _inner.GetDoubleLE(index);

    public double ReadDouble() => _inner.ReadDouble();

    public double ReadDoubleLE() => _inner.ReadDoubleLE();

    public float GetFloat(int index) => _inner.GetFloat(index);

    public float GetFloatLE(int index) => _inner.GetFloatLE(index);

    public float ReadFloat() => _inner.ReadFloat();

    public float ReadFloatLE() => _inner.ReadFloatLE();

    public int BytesBefore(byte value) => _inner.BytesBefore(value);

    public int BytesBefore(int index, int length, byte value) => _inner.BytesBefore(index, length, value);

    public int BytesBefore(int length, byte value) => _inner.BytesBefore(length, value);

    public int EnsureWritable(int minWritableBytes, bool force) => _inner.EnsureWritable(minWritableBytes, force);

    public int ForEachByte(IByteProcessor processor) => _inner.ForEachByte(processor);

    public int ForEachByte(int index, int length, IByteProcessor processor) => _inner.ForEachByte(index, length, processor);

    public int ForEachByteDesc(IByteProcessor processor) => _inner.ForEachByteDesc(processor);

    public int ForEachByteDesc(int index, int length, IByteProcessor processor) => _inner.ForEachByteDesc(index, length, processor);

    public int GetInt(int index) => _inner.GetInt(index);

    public int GetIntLE(int index) => _inner.GetIntLE(index);

    public int GetMedium(int index) => _inner.GetMedium(index);

    public int GetMediumLE(int index) => _inner.GetMediumLE(index);

    public int GetUnsignedMedium(int index) => _inner.GetUnsignedMedium(index);

    public int GetUnsignedMediumLE(int index) => _inner.GetUnsignedMediumLE(index);

    public int IndexOf(int fromIndex, int toIndex, byte value) => _inner.IndexOf(fromIndex, toIndex, value);

    public int ReadInt() => _inner.ReadInt();

    public int ReadIntLE() => _inner.ReadIntLE();

    public int ReadMedium() => _inner.ReadMedium();

    public int ReadMediumLE() => _inner.ReadMediumLE();

    public int ReadUnsignedMedium() => _inner.ReadUnsignedMedium();

    public int ReadUnsignedMediumLE() => _inner.ReadUnsignedMediumLE();

    public int SetCharSequence(int index, ICharSequence sequence, Encoding encoding) => _inner.SetCharSequence(index, sequence, encoding);

    public int SetString(int index, string value, Encoding encoding) => _inner.SetString(index, value, encoding);

    public int WriteCharSequence(ICharSequence sequence, Encoding encoding) => _inner.WriteCharSequence(sequence, encoding);

    public int WriteString(string value, Encoding encoding) => _inner.WriteString(value, encoding);

    public long GetLong(int index) => _inner.GetLong(index);

    public long GetLongLE(int index) => _inner.GetLongLE(index);

    public long ReadLong() => _inner.ReadLong();

    public long ReadLongLE() => _inner.ReadLongLE();

    public short GetShort(int index) => _inner.GetShort(index);

    public short GetShortLE(int index) => _inner.GetShortLE(index);

    public short ReadShort() => _inner.ReadShort();

    public short ReadShortLE() => _inner.ReadShortLE();

    public string GetString(int index, int length, Encoding encoding) => _inner.GetString(index, length, encoding);

    public string ReadString(int length, Encoding encoding) => _inner.ReadString(length, encoding);

    public override string ToString() => $"ForeignByteBuffer({_inner})";

    public string ToString(Encoding encoding) => _inner.ToString(encoding);

    public string ToString(int index, int length, Encoding encoding) => _inner.ToString(index, length, encoding);

    public uint GetUnsignedInt(int index) => _inner.GetUnsignedInt(index);

    public uint GetUnsignedIntLE(int index) => _inner.GetUnsignedIntLE(index);

    public uint ReadUnsignedInt() => _inner.ReadUnsignedInt();

    public uint ReadUnsignedIntLE() => _inner.ReadUnsignedIntLE();

    public ushort GetUnsignedShort(int index) => _inner.GetUnsignedShort(index);

    public ushort GetUnsignedShortLE(int index) => _inner.GetUnsignedShortLE(index);

    public ushort ReadUnsignedShort() => _inner.ReadUnsignedShort();

    public ushort ReadUnsignedShortLE() => _inner.ReadUnsignedShortLE();

    public IReferenceCounted Retain() => _inner.Retain();

    public IReferenceCounted Retain(int increment) => _inner.Retain(increment);

    public IReferenceCounted Touch() => _inner.Touch();

    public IReferenceCounted Touch(object hint) => _inner.Touch(hint);

    public bool Release() => _inner.Release();

    public bool Release(int decrement) => _inner.Release(decrement);

    public int CompareTo(IByteBuffer other) => _inner.CompareTo(other);

    public bool Equals(IByteBuffer other) => _inner.Equals(other);

    public override bool Equals(object obj) => obj is IByteBuffer other && Equals(other);

    public override int GetHashCode() => _inner.GetHashCode();

    private ForeignByteBuffer This(IByteBuffer ignored) => this;
}
