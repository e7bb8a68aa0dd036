using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>Stands behind the <see cref="TlsHandler"/> and counts how handshakes end. One serves all connections of a listener.</summary>
public sealed class HandshakeMeter : ChannelHandlerAdapter
{
    private readonly ListenerCounters _counters;

    /// <summary>Counts into <paramref name="counters"/>.</summary>
    public HandshakeMeter(ListenerCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        _counters = counters;
    }

    /// <inheritdoc/>
    public override bool IsSharable => true;

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent { IsSuccessful: true })
        {
            _counters.HandshakeCompleted();
        }
        else if (evt is TlsHandshakeCompletionEvent)
        {
            _counters.HandshakeFailed();
        }

        context.FireUserEventTriggered(evt);
    }
}
