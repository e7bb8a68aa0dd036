using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Diagnostics;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>Stands behind the <see cref="TlsHandler"/> and counts how handshakes end. One serves all connections of a listener.</summary>
public sealed class HandshakeMeter : ChannelHandlerAdapter
{
    private readonly ListenerCounters _counters;
    private readonly ListenerDiagnostics? _diagnostics;

    /// <summary>Counts into <paramref name="counters"/>.</summary>
    public HandshakeMeter(ListenerCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        _counters = counters;
    }

    internal HandshakeMeter(ListenerCounters counters, ListenerDiagnostics? diagnostics)
        : this(counters) =>
        _diagnostics = diagnostics;

    /// <inheritdoc/>
    public override bool IsSharable => true;

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent handshake)
        {
            Count(handshake);
            _diagnostics?.HandshakeEnded(ConnectionLease.Of(context.Channel).Age, handshake.Exception);
        }

        context.FireUserEventTriggered(evt);
    }

    private void Count(TlsHandshakeCompletionEvent handshake)
    {
        if (handshake.IsSuccessful)
        {
            _counters.HandshakeCompleted();
        }
        else
        {
            _counters.HandshakeFailed();
        }
    }
}
