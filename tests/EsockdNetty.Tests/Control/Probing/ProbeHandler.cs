using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Codecs;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>Echoes, and notes what the stages before it say. Read from other threads.</summary>
internal sealed class ProbeHandler : ChannelHandlerAdapter
{
    private volatile bool _isPaused;
    private volatile bool _hasEnded;

    /// <summary>Its peer is not read for a while.</summary>
    public bool IsPaused => _isPaused;

    /// <summary>Its peer sends nothing more.</summary>
    public bool HasEnded => _hasEnded;

    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        context.Flush();
        context.FireChannelReadComplete();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        _isPaused = evt is ReadPause pause ? pause == ReadPause.Begun : _isPaused;
        _hasEnded |= evt is ChannelInputShutdownEvent;
        context.FireUserEventTriggered(evt);
    }
}
