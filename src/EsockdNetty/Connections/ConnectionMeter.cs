using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Codecs;
using EsockdNetty.Diagnostics;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// The first stage of a connection: opens its account and closes it when the transport has closed the connection, whatever became of the pipeline.
/// Where nobody said why it ended, the meter concludes it from what passed by.
/// </summary>
public sealed class ConnectionMeter : ChannelHandlerAdapter, ICloseListener
{
    private readonly ListenerCounters _counters;
    private readonly ListenerDiagnostics? _diagnostics;
    private IChannelHandler? _received;
    private IChannelHandler? _sent;
    private bool _peerEnded;
    private bool _closeAsked;

    /// <summary>Counts into <paramref name="counters"/>.</summary>
    public ConnectionMeter(ListenerCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        _counters = counters;
    }

    internal ConnectionMeter(ListenerCounters counters, ListenerDiagnostics? diagnostics)
        : this(counters) =>
        _diagnostics = diagnostics;

    /// <summary>What went over the connection so far. Any thread.</summary>
    internal ConnectionTraffic TrafficOf(AbstractChannel channel) => new(channel.BytesReceived, channel.BytesSent, Received.Count, Sent.Count);

    /// <summary>Messages received, as counted by the stage that was named.</summary>
    internal MessageCounts Received => _received switch
    {
        PacketDecoder decoder => decoder.Received,
        MessageMeter meter => meter.Received,
        _ => default,
    };

    /// <summary>Messages written, as counted by the stage that was named.</summary>
    internal MessageCounts Sent => _sent switch
    {
        PacketEncoder encoder => encoder.Sent,
        MessageMeter meter => meter.Sent,
        _ => default,
    };

    /// <summary>Names the stages that count messages, which may be one.</summary>
    internal void CountMessagesBy(IChannelHandler received, IChannelHandler sent)
    {
        _received = received;
        _sent = sent;
    }

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ConnectionLease lease = ConnectionLease.Of(context.Channel);
        if (lease.TryOpenAccount())
        {
            _counters.ConnectionOpened();
            lease.Add(this);
        }
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
        _counters.ConnectionClosed(lease.CloseReason!.Value, TrafficOf((AbstractChannel)channel));
        _diagnostics?.ConnectionClosed(lease.Age, lease.CloseReason.Value);
    }

    // A close that was not asked for on the way through the pipeline is the transport's, or an abort.
    private CloseReason Conclude() => _closeAsked ? _peerEnded ? CloseReason.PeerClosed : CloseReason.Closed : CloseReason.Reset;
}
