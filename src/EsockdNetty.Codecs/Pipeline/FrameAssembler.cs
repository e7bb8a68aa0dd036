using DotNetty.Buffers;

namespace EsockdNetty.Codecs;

/// <summary>
/// Slices frames out of received buffers. A frame that lies in one buffer is never copied; one that spans buffers is completed
/// in a buffer of its own, which grows with the bytes received, and slicing goes on behind it.
/// </summary>
internal sealed class FrameAssembler
{
    private const int LargestDoubled = int.MaxValue / 2;

    // Bytes not yet part of a frame. _head begins where a frame begins; _tail follows it and is null unless a frame spans both or delivery waits.
    private IByteBuffer? _head;
    private IByteBuffer? _tail;

    // The first buffer's storage is being sliced.
    private bool _isSlicing;

    // Only the buffer made here is written to: whose the room behind a received buffer's bytes is, nobody knows.
    private IByteBuffer? _own;

    /// <summary>Bytes received that are not yet part of a frame taken.</summary>
    public int PendingBytes => (_head?.ReadableBytes ?? 0) + (_tail?.ReadableBytes ?? 0);

    /// <summary>Bytes of storage that those keep alive.</summary>
    public long HeldStorage => (_head?.StorageSize ?? 0) + (_tail?.StorageSize ?? 0);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _head is null;

    /// <summary>Takes over a received buffer.</summary>
    public void Add(IByteBufferAllocator allocator, IByteBuffer received)
    {
        IByteBuffer buffer = received.IsContiguous ? received : Gathered(allocator, received);
        if (_head is null)
        {
            _head = buffer;
        }
        else if (_tail is null)
        {
            _tail = buffer;
        }
        else
        {
            Append(allocator, ref _tail, buffer, buffer.ReadableBytes);
            buffer.Release();
        }
    }

    /// <summary>More frames are taken out of the first buffer until <see cref="EndTaking"/>, before the thread does anything else.</summary>
    public void BeginTaking() => _isSlicing = _head is not null && (_isSlicing || BufferArena.BeginSlicing(_head));

    /// <summary>Ends what <see cref="BeginTaking"/> began, if it did not end with the buffer.</summary>
    public void EndTaking()
    {
        if (!_isSlicing) return;

        _isSlicing = false;
        BufferArena.EndSlicing();
    }

    /// <summary>Takes the next frame, which the caller then owns, when it lies whole in the first buffer, behind a header; else null.</summary>
    public IByteBuffer? TryNext(PacketParser parser)
    {
        if (_head is not { } head || _tail is not null) return null;

        ReadOnlySpan<byte> readable = head.ReadableSpan;
        int length = parser.WholeBody(readable);
        return length < 0 ? null : Cut(head, parser.HeaderLength, length, isLast: readable.Length == parser.HeaderLength + length);
    }

    /// <summary>Takes the next frame, which the caller then owns; null unless the result is a packet.</summary>
    public PacketResult Next(PacketParser parser, IByteBufferAllocator allocator, out IByteBuffer? frame)
    {
        frame = null;
        if (_head is null) return default;

        PacketResult result = _tail is null
            ? parser.Read(_head.ReadableSpan)
            : parser.Read(_head.ReadableSpan, _tail.ReadableSpan);

        if (result.Status == PacketStatus.Packet)
        {
            if (_tail is not null) MoveToHead(allocator, result.Consumed - _head.ReadableBytes, result.Consumed);
            frame = Cut(_head, result.Offset, result.Length, isLast: _head.ReadableBytes == result.Consumed);
        }
        else if (_tail is not null)
        {
            MoveToHead(allocator, _tail.ReadableBytes, result.Needed);
        }

        return result;
    }

    /// <summary>Lets go of a large received buffer that is kept for a small rest.</summary>
    public void Compact(IByteBufferAllocator allocator)
    {
        if (_head is null || _head == _own || _head.ReadableBytes >= _head.StorageSize / 2) return;

        Replace(allocator, ref _head, _head.ReadableBytes);
    }

    /// <summary>Gives up the first buffer not yet used; null when there is none.</summary>
    public IByteBuffer? TakeRest()
    {
        EndTaking();
        IByteBuffer? rest = _head;
        _head = _tail;
        _tail = null;
        if (rest == _own) _own = null;
        return rest;
    }

    /// <summary>Drops everything.</summary>
    public void Release()
    {
        Drop(TakeRest());
        Drop(TakeRest());
    }

    private IByteBuffer Cut(IByteBuffer head, int offset, int length, bool isLast)
    {
        int start = head.ReaderIndex + offset;
        IByteBuffer frame = head.RetainedSlice(start, length);
        if (isLast)
        {
            Drop(TakeRest());
        }
        else
        {
            head.SetReaderIndex(start + length);
        }

        return frame;
    }

    private void MoveToHead(IByteBufferAllocator allocator, int count, int needed)
    {
        if (count <= 0) return;

        Append(allocator, ref _head!, _tail!, count, needed);
        if (_tail!.IsReadable()) return;

        Drop(_tail);
        _tail = null;
    }

    /// <summary>Doubles the room when it must, but not beyond what is needed where that is known: a length that was only announced gets no memory.</summary>
    private void Append(IByteBufferAllocator allocator, ref IByteBuffer target, IByteBuffer source, int count, int needed = 0)
    {
        int total = checked(target.ReadableBytes + count);
        if (target != _own || target.WritableBytes < count)
        {
            int doubled = 2 * Math.Min(total, LargestDoubled);
            Replace(allocator, ref target, Math.Max(total, needed == 0 ? doubled : Math.Min(doubled, needed)));
        }

        target.WriteBytes(source, count);
    }

    private void Replace(IByteBufferAllocator allocator, ref IByteBuffer target, int capacity)
    {
        EndTaking();
        IByteBuffer replacement = allocator.Buffer(capacity);
        replacement.WriteBytes(target, target.ReadableBytes);
        Drop(target);
        target = _own = replacement;
    }

    private static IByteBuffer Gathered(IByteBufferAllocator allocator, IByteBuffer scattered)
    {
        IByteBuffer gathered = allocator.Buffer(scattered.ReadableBytes);
        gathered.WriteBytes(scattered, scattered.ReadableBytes);
        scattered.Release();
        return gathered;
    }

    private void Drop(IByteBuffer? buffer)
    {
        // A pool may hand the same object out again, as a received buffer.
        if (buffer == _own) _own = null;
        buffer?.Release();
    }
}
