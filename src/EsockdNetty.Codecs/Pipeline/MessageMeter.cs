using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Codecs;

/// <summary>Counts buffers that pass: what <see cref="PacketDecoder"/> and <see cref="PacketEncoder"/> do themselves, for a stream without packets. For one connection.</summary>
public sealed class MessageMeter : ChannelHandlerAdapter
{
    private MessageTally _received;
    private MessageTally _sent;

    /// <summary>What was read so far: each read is a message.</summary>
    public MessageCounts Received => _received.Snapshot();

    /// <summary>What was written so far.</summary>
    public MessageCounts Sent => _sent.Snapshot();

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer) _received.Add(buffer.ReadableBytes);
        context.FireChannelRead(message);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        CountSent(message);
        return context.WriteAsync(message);
    }

    /// <inheritdoc/>
    public override void Write(IChannelHandlerContext context, object message)
    {
        CountSent(message);
        context.Write(message);
    }

    private void CountSent(object message)
    {
        if (message is IByteBuffer buffer) _sent.Add(buffer.ReadableBytes);
    }
}
