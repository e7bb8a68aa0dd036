#nullable disable
using System.Text;
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>
/// A reference-counted run of bytes with a reader and a writer index: 0 ≤ <see cref="ReaderIndex"/> ≤ <see cref="WriterIndex"/> ≤ <see cref="Capacity"/> ≤ <see cref="MaxCapacity"/>.
/// <c>Get</c> and <c>Set</c> take an absolute index and move nothing; <c>Read</c> and <c>Write</c> move the index. Numbers are big-endian unless the name ends in <c>LE</c>.
/// Not safe for concurrent use; only the reference count may change from any thread.
/// </summary>
/// <remarks>
/// An index outside of what is allowed throws <see cref="IndexOutOfRangeException"/>, a negative length <see cref="ArgumentOutOfRangeException"/>,
/// and any access after the last release <see cref="Common.Utilities.IllegalReferenceCountException"/>.
/// </remarks>
public partial interface IByteBuffer : IReferenceCounted, IComparable<IByteBuffer>, IEquatable<IByteBuffer>
{
    /// <summary>The bytes this buffer holds now, whether written or not.</summary>
    int Capacity { get; }

    /// <summary>The capacity up to which writes make this buffer grow.</summary>
    int MaxCapacity { get; }

    /// <summary>The allocator that made this buffer, and from which it grows.</summary>
    IByteBufferAllocator Allocator { get; }

    /// <summary>True when the memory is pinned, so that it needs no pinning for a system call.</summary>
    bool IsDirect { get; }

    /// <summary>The index of the next byte to read.</summary>
    int ReaderIndex { get; }

    /// <summary>The index of the next byte to write.</summary>
    int WriterIndex { get; }

    /// <summary><see cref="WriterIndex"/> less <see cref="ReaderIndex"/>.</summary>
    int ReadableBytes { get; }

    /// <summary><see cref="Capacity"/> less <see cref="WriterIndex"/>.</summary>
    int WritableBytes { get; }

    /// <summary><see cref="MaxCapacity"/> less <see cref="WriterIndex"/>.</summary>
    int MaxWritableBytes { get; }

    /// <summary>The number of regions <see cref="GetIoBuffers()"/> returns: 1 unless this is a composite.</summary>
    int IoBufferCount { get; }

    /// <summary>True when one array backs the whole buffer.</summary>
    bool HasArray { get; }

    /// <summary>The array behind the buffer; index 0 stands at <see cref="ArrayOffset"/>.</summary>
    /// <exception cref="NotSupportedException"><see cref="HasArray"/> is false.</exception>
    byte[] Array { get; }

    /// <summary>Where index 0 stands in <see cref="Array"/>.</summary>
    int ArrayOffset { get; }

    /// <summary>True when <see cref="AddressOfPinnedMemory"/> answers with an address.</summary>
    bool HasMemoryAddress { get; }

    /// <summary>The byte at index 0, to be pinned by <c>fixed</c>.</summary>
    ref byte GetPinnableMemoryAddress();

    /// <summary>The address of index 0 where the memory is pinned for as long as the buffer lives, else zero.</summary>
    IntPtr AddressOfPinnedMemory();

    /// <summary>Cuts or extends the capacity; indices beyond it are moved back to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or above <see cref="MaxCapacity"/>.</exception>
    IByteBuffer AdjustCapacity(int newCapacity);

    /// <exception cref="IndexOutOfRangeException">Negative, or above <see cref="WriterIndex"/>.</exception>
    IByteBuffer SetReaderIndex(int readerIndex);

    /// <exception cref="IndexOutOfRangeException">Below <see cref="ReaderIndex"/>, or above <see cref="Capacity"/>.</exception>
    IByteBuffer SetWriterIndex(int writerIndex);

    /// <summary>Sets both indices at once.</summary>
    IByteBuffer SetIndex(int readerIndex, int writerIndex);

    /// <summary>True when there is at least one byte to read.</summary>
    bool IsReadable();

    /// <summary>True when there are at least <paramref name="size"/> bytes to read.</summary>
    bool IsReadable(int size);

    /// <summary>True when there is room for at least one byte without growing.</summary>
    bool IsWritable();

    /// <summary>True when there is room for at least <paramref name="size"/> bytes without growing.</summary>
    bool IsWritable(int size);

    /// <summary>Sets both indices to 0; bytes and marks stay as they are.</summary>
    IByteBuffer Clear();

    /// <summary>Remembers the reader index for <see cref="ResetReaderIndex"/>.</summary>
    IByteBuffer MarkReaderIndex();

    /// <summary>Goes back to the marked reader index, 0 when none was marked.</summary>
    IByteBuffer ResetReaderIndex();

    /// <summary>Remembers the writer index for <see cref="ResetWriterIndex"/>.</summary>
    IByteBuffer MarkWriterIndex();

    /// <summary>Goes back to the marked writer index, 0 when none was marked.</summary>
    IByteBuffer ResetWriterIndex();

    /// <summary>Moves the readable bytes to index 0, indices and marks with them.</summary>
    IByteBuffer DiscardReadBytes();

    /// <summary>Does what <see cref="DiscardReadBytes"/> does when it is worth the copy: at least half of the capacity has been read.</summary>
    IByteBuffer DiscardSomeReadBytes();

    /// <summary>Grows the buffer, if it must, to have room for <paramref name="minWritableBytes"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">That would pass <see cref="MaxCapacity"/>.</exception>
    IByteBuffer EnsureWritable(int minWritableBytes);

    /// <summary>Grows the buffer, if it must and may, to have room for <paramref name="minWritableBytes"/>; <paramref name="force"/> grows to the maximum when there cannot be enough.</summary>
    /// <returns>0: there was room; 1: there is not, nothing changed; 2: grown, there is room now; 3: grown to the maximum, which is not enough.</returns>
    int EnsureWritable(int minWritableBytes, bool force);

    /// <summary>A new buffer with a copy of the readable bytes.</summary>
    IByteBuffer Copy();

    /// <summary>A new buffer with a copy of <paramref name="length"/> bytes at <paramref name="index"/>.</summary>
    IByteBuffer Copy(int index, int length);

    /// <summary>The readable bytes as a view of the same storage with its own indices. It shares the reference count and does not raise it.</summary>
    IByteBuffer Slice();

    /// <summary>A region as a view of the same storage with its own indices. It shares the reference count and does not raise it.</summary>
    IByteBuffer Slice(int index, int length);

    /// <summary><see cref="Slice()"/> that is an owner itself and has to be released.</summary>
    IByteBuffer RetainedSlice();

    /// <summary><see cref="Slice(int, int)"/> that is an owner itself and has to be released.</summary>
    IByteBuffer RetainedSlice(int index, int length);

    /// <summary>The whole buffer as a view with its own indices, which start where this one's are. It shares the reference count and does not raise it.</summary>
    IByteBuffer Duplicate();

    /// <summary><see cref="Duplicate"/> that is an owner itself and has to be released.</summary>
    IByteBuffer RetainedDuplicate();

    /// <summary>The buffer this one is a view of, or null.</summary>
    IByteBuffer Unwrap();

    /// <summary>The readable bytes as one region of an array.</summary>
    ArraySegment<byte> GetIoBuffer();

    /// <summary>Bytes of this buffer as one region of an array; a composite copies when they lie in several components.</summary>
    ArraySegment<byte> GetIoBuffer(int index, int length);

    /// <summary>The readable bytes as regions of arrays.</summary>
    ArraySegment<byte>[] GetIoBuffers();

    /// <summary>Bytes of this buffer as regions of arrays.</summary>
    ArraySegment<byte>[] GetIoBuffers(int index, int length);

    /// <summary>The kind of buffer, its indices and capacity; never its content.</summary>
    string ToString();

    /// <summary>The readable bytes decoded.</summary>
    string ToString(Encoding encoding);

    /// <summary><paramref name="length"/> bytes at <paramref name="index"/> decoded.</summary>
    string ToString(int index, int length, Encoding encoding);
}
