using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Traffic;

namespace EsockdNetty.Tests.Connections.Traffic;

/// <summary>Counts what comes through to it, and knows whether the stages before it hold something back. Read from other threads.</summary>
internal sealed class ReceivingEnd : ChannelHandlerAdapter
{
    private MessageLimitHandler? _messages;
    private long _bytes;
    private int _count;
    private volatile bool _isPaused;

    public long Bytes => Volatile.Read(ref _bytes);

    public int Messages => Volatile.Read(ref _count);

    /// <summary>Its peer is not read, or messages received wait for their time.</summary>
    public bool IsHeldBack => _isPaused || _messages?.Kept > 0;

    public override void HandlerAdded(IChannelHandlerContext context) => _messages = context.Channel.Pipeline.Get<MessageLimitHandler>();

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        Volatile.Write(ref _bytes, _bytes + ((IByteBuffer)message).ReadableBytes);
        Volatile.Write(ref _count, _count + 1);
        ReferenceCountUtil.Release(message);
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        _isPaused = evt is ReadPause pause ? pause == ReadPause.Begun : _isPaused;
        context.FireUserEventTriggered(evt);
    }
}
