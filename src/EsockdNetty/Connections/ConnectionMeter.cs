using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// The first stage of a connection: opens its account and closes it when the transport has closed the connection, whatever became of the pipeline.
/// Where nobody said why it ended, the meter concludes it from what passed by.
/// </summary>
public sealed class ConnectionMeter : ChannelHandlerAdapter, ICloseListener
{
    private readonly ListenerCounters _counters;
    private bool _peerEnded;
    private bool _closeAsked;

    /// <summary>Counts into <paramref name="counters"/>.</summary>
    public ConnectionMeter(ListenerCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        _counters = counters;
    }

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _counters.ConnectionOpened();
        ConnectionLease.Of(context.Channel).Add(this);
    }

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        _peerEnded |= evt is ChannelInputShutdownEvent;
        context.FireUserEventTriggered(evt);
    }

    /// <inheritdoc/>
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        // Only the transport and the pipeline itself stand before this handler.
        ConnectionLease.Of(context.Channel).TrySetCloseReason(exception is SocketException ? CloseReason.Reset : CloseReason.HandlerFault);
        context.FireExceptionCaught(exception);
    }

    /// <inheritdoc/>
    public override Task CloseAsync(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _closeAsked = true;
        _peerEnded |= PeerEnd.WasRead(context.Channel);
        return context.CloseAsync();
    }

    /// <summary>Closes the account.</summary>
    public void OnClosed(IChannel channel)
    {
        ConnectionLease lease = ConnectionLease.Of(channel);
        lease.TrySetCloseReason(Conclude());
        var connection = (AbstractChannel)channel;
        _counters.ConnectionClosed(lease.CloseReason!.Value, connection.BytesReceived, connection.BytesSent);
    }

    // A close that was not asked for on the way through the pipeline is the transport's, or an abort.
    private CloseReason Conclude() => _closeAsked ? _peerEnded ? CloseReason.PeerClosed : CloseReason.Closed : CloseReason.Reset;
}
