using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Bans;

/// <summary>
/// A connection stage that tells the <see cref="BanScore"/> when a connection has ended by what its client did: a bad frame, a handshake that
/// failed. Stands behind the <see cref="ConnectionMeter"/>. One serves all connections of a listener.
/// </summary>
public sealed class AbuseReporter : ChannelHandlerAdapter, ICloseListener
{
    private readonly BanScore _score;

    /// <summary>Reports to <paramref name="score"/>.</summary>
    public AbuseReporter(BanScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        _score = score;
    }

    /// <inheritdoc/>
    public override bool IsSharable => true;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ConnectionLease lease = ConnectionLease.Of(context.Channel);

        // Asked for now: after a reset the system does not know any more who it was.
        _ = lease.Client;
        lease.Add(this);
    }

    /// <summary>Judges how the connection ended.</summary>
    public void OnClosed(IChannel channel)
    {
        ConnectionLease lease = ConnectionLease.Of(channel);
        if (AbuseOf(lease.CloseReason) is { } abuse)
        {
            _score.Report(lease.Client, abuse);
        }
    }

    private static Abuse? AbuseOf(CloseReason? reason) => reason switch
    {
        CloseReason.FrameTooLong or CloseReason.FrameTimeout or CloseReason.BadFrame => Abuse.BadFraming,
        CloseReason.NotTls or CloseReason.HandshakeFailed or CloseReason.HandshakeTimeout => Abuse.FailedHandshake,
        _ => null,
    };
}
