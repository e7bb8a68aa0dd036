using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Codecs;

/// <summary>
/// Puts the header of a packet type before each <see cref="IByteBuffer"/> written; other messages, and buffers under a type without header,
/// pass as they are. A body too long fails alone with a <see cref="PacketException"/>, as its task or in the pipeline: the connection goes on.
/// </summary>
/// <remarks>Small packets written without a promise are gathered until the next flush, a few KiB at most, and go down as one message.</remarks>
public sealed class PacketEncoder : ChannelHandlerAdapter
{
    /// <summary>Up to this length a body is copied behind its header: cheaper than a second piece of memory in the system call.</summary>
    private const int LongestCopied = 2048;

    // One packet a flush, the common case, must not hold the storage of many: there is as much room as the last flush took.
    private const int SmallestBatch = 256;
    private const int LargestBatch = 4096;

    private readonly PacketWriter _writer;
    private readonly int _headerLength;
    private IByteBuffer? _batch;

    // The batch's storage, and the room in it that is left.
    private byte[] _array = [];
    private int _next;
    private int _end;
    private int _sinceFlush;
    private int _lastFlush;
    private MessageTally _sent;

    /// <summary>For one connection. <paramref name="maxFrame"/> limits bodies that have a header, in bytes; default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrame"/> is less than 1 or more than 2,147,483,643.</exception>
    public PacketEncoder(PacketType type, int maxFrame = PacketParser.DefaultMaxFrame)
    {
        _writer = new PacketWriter(type, maxFrame);
        _headerLength = type.HeaderLength;
    }

    /// <summary>The type of the packets written.</summary>
    public PacketType PacketType => _writer.Type;

    /// <summary>The longest body that is written with a header, in bytes.</summary>
    public int MaxFrame => _writer.MaxFrame;

    /// <summary>The packets written so far; other messages are not counted. Any thread.</summary>
    public MessageCounts Sent => _sent.Snapshot();

    /// <inheritdoc/>
    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        if (Refuse(message) is { } refusal) return Task.FromException(refusal);

        PassBatch(context);
        return context.WriteAsync(Framed(context.Allocator, message));
    }

    /// <inheritdoc/>
    public override void Write(IChannelHandlerContext context, object message)
    {
        if (Refuse(message) is { } refusal)
        {
            context.FireExceptionCaught(refusal);
        }
        else if (_headerLength > 0 && message is IByteBuffer body)
        {
            WriteFramed(context, body, body.ReadableBytes);
        }
        else
        {
            PassBatch(context);
            context.Write(message);
        }
    }

    /// <inheritdoc/>
    public override void Flush(IChannelHandlerContext context)
    {
        PassBatch(context);
        _lastFlush = _sinceFlush;
        _sinceFlush = 0;
        context.Flush();
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        DropBatch();
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        if (context.Channel.Active)
        {
            PassBatch(context);
        }
        else
        {
            DropBatch();
        }
    }

    private void WriteFramed(IChannelHandlerContext context, IByteBuffer body, int length)
    {
        if (length <= LongestCopied)
        {
            int needed = _headerLength + length;
            if (_end - _next < needed) BeginBatch(context, needed);

            Frame(_array.AsSpan(_next, needed), body, length);
            _next += needed;
            body.Release();
        }
        else
        {
            PassBatch(context);
            context.Write(Joined(context.Allocator, body));
        }
    }

    private bool IsFramed(object message) => _headerLength > 0 && message is IByteBuffer;

    /// <summary>Why a message is not written, and then it is released; null when it is, and then it is counted.</summary>
    private PacketException? Refuse(object message)
    {
        if (message is not IByteBuffer body) return null;

        int length = body.ReadableBytes;
        PacketException? refusal = _headerLength > 0 ? _writer.Refusal(length) : null;
        if (refusal is null)
        {
            _sent.Add(length);
        }
        else
        {
            body.Release();
        }

        return refusal;
    }

    private object Framed(IByteBufferAllocator allocator, object message)
    {
        if (!IsFramed(message)) return message;

        IByteBuffer body = (IByteBuffer)message;
        return body.ReadableBytes <= LongestCopied ? Copied(allocator, body) : Joined(allocator, body);
    }

    private IByteBuffer Copied(IByteBufferAllocator allocator, IByteBuffer body)
    {
        int length = body.ReadableBytes;
        IByteBuffer packet = allocator.Buffer(_headerLength + length);
        Frame(packet.GetWritableSpan(_headerLength + length), body, length);
        packet.AdvanceWriter(_headerLength + length);
        body.Release();
        return packet;
    }

    /// <summary>One message, so that nothing below can send or drop the header without its body.</summary>
    private CompositeByteBuffer Joined(IByteBufferAllocator allocator, IByteBuffer body)
    {
        IByteBuffer header = allocator.Buffer(_headerLength);
        header.AdvanceWriter(_writer.WriteHeader(header.GetWritableSpan(_headerLength), body.ReadableBytes));
        return allocator.CompositeBuffer(2).AddComponent(true, header).AddComponent(true, body);
    }

    private void Frame(Span<byte> room, IByteBuffer body, int length)
    {
        LengthHeader.Write(_writer.Type, room, length);
        body.GetBytes(body.ReaderIndex, room.Slice(_headerLength, length));
    }

    private void BeginBatch(IChannelHandlerContext context, int needed)
    {
        // More packets than last time may go on like this.
        int room = _batch is null ? Math.Clamp(_lastFlush, SmallestBatch, LargestBatch) : LargestBatch;
        while (_batch is not null && _end - _next < needed)
        {
            PassBatch(context);
        }

        // Begun meanwhile, by somebody who was told that the channel is not writable any more.
        if (_batch is not null) return;

        ArraySegment<byte> storage = BatchOf(context.Allocator, Math.Max(needed, room));
        _array = storage.Array!;
        _next = storage.Offset;
        _end = storage.Offset + storage.Count;
    }

    /// <summary>An allocator of the application's may make buffers without an array.</summary>
    private ArraySegment<byte> BatchOf(IByteBufferAllocator allocator, int capacity)
    {
        IByteBuffer batch = allocator.Buffer(capacity);
        if (!batch.HasArray)
        {
            batch.Release();
            batch = Unpooled.Buffer(capacity);
        }

        _batch = batch;
        return new ArraySegment<byte>(batch.Array, batch.ArrayOffset, capacity);
    }

    private void PassBatch(IChannelHandlerContext context)
    {
        if (_batch is not { } packets) return;

        int length = _next - packets.ArrayOffset;
        Forget();
        _sinceFlush += length;
        context.Write(packets.SetWriterIndex(length));
    }

    private void DropBatch()
    {
        _batch?.Release();
        Forget();
    }

    private void Forget()
    {
        _batch = null;
        _array = [];
        _next = _end = 0;
    }
}
