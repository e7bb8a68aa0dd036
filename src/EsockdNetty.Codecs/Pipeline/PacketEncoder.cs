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

    // One packet a flush, the common case, must not hold the storage of many.
    private const int FirstBatch = 256;
    private const int NextBatch = 4096;

    private readonly PacketWriter _writer;
    private IByteBuffer? _batch;
    private MessageTally _sent;

    /// <summary>For one connection. <paramref name="maxFrame"/> limits bodies that have a header, in bytes; default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrame"/> is less than 1 or more than 2,147,483,643.</exception>
    public PacketEncoder(PacketType type, int maxFrame = PacketParser.DefaultMaxFrame) => _writer = new PacketWriter(type, maxFrame);

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
        else if (IsFramed(message) && message is IByteBuffer { ReadableBytes: <= LongestCopied } body)
        {
            Append(BatchFor(context, body), body);
        }
        else
        {
            PassBatch(context);
            context.Write(Framed(context.Allocator, message));
        }
    }

    /// <inheritdoc/>
    public override void Flush(IChannelHandlerContext context)
    {
        PassBatch(context);
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

    private bool IsFramed(object message) => PacketType.HeaderLength > 0 && message is IByteBuffer;

    /// <summary>Why a message is not written, and then it is released; null when it is, and then it is counted.</summary>
    private PacketException? Refuse(object message)
    {
        if (message is not IByteBuffer body) return null;

        PacketException? refusal = PacketType.HeaderLength > 0 ? _writer.Refusal(body.ReadableBytes) : null;
        if (refusal is null)
        {
            _sent.Add(body.ReadableBytes);
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
        IByteBuffer packet = allocator.Buffer(PacketType.HeaderLength + body.ReadableBytes);
        Append(packet, body);
        return packet;
    }

    /// <summary>One message, so that nothing below can send or drop the header without its body.</summary>
    private CompositeByteBuffer Joined(IByteBufferAllocator allocator, IByteBuffer body)
    {
        IByteBuffer header = allocator.Buffer(PacketType.HeaderLength);
        AppendHeader(header, body.ReadableBytes);
        return allocator.CompositeBuffer(2).AddComponent(true, header).AddComponent(true, body);
    }

    private void Append(IByteBuffer packets, IByteBuffer body)
    {
        AppendHeader(packets, body.ReadableBytes);
        packets.WriteBytes(body, body.ReadableBytes);
        body.Release();
    }

    private void AppendHeader(IByteBuffer packets, int bodyLength) =>
        packets.AdvanceWriter(_writer.WriteHeader(packets.GetWritableSpan(PacketType.HeaderLength), bodyLength));

    private IByteBuffer BatchFor(IChannelHandlerContext context, IByteBuffer body)
    {
        int needed = PacketType.HeaderLength + body.ReadableBytes;
        if (_batch is null) return _batch = context.Allocator.Buffer(Math.Max(needed, FirstBatch));
        if (_batch.WritableBytes >= needed) return _batch;

        PassBatch(context);
        return _batch = context.Allocator.Buffer(NextBatch);
    }

    private void PassBatch(IChannelHandlerContext context)
    {
        if (_batch is not { } packets) return;

        _batch = null;
        context.Write(packets);
    }

    private void DropBatch()
    {
        _batch?.Release();
        _batch = null;
    }
}
