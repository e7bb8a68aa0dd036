using System.Net.Sockets;
using System.Security.Authentication;
using DotNetty.Codecs;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;

namespace EsockdNetty.Connections;

/// <summary>
/// Stands between the stages that judge what a peer sends and the user's handlers, and writes down why a connection ends: the stages' exceptions
/// before a handler may swallow them, and a close before TLS says goodbye, after which nobody could tell whose end came first.
/// </summary>
public sealed class CloseReasonHandler : ChannelHandlerAdapter
{
    /// <inheritdoc/>
    public override bool IsSharable => true;

    /// <inheritdoc/>
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        WriteDown(context, exception);
        context.FireExceptionCaught(exception);
    }

    /// <inheritdoc/>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent { Exception: { } failure })
        {
            WriteDown(context, failure);
        }

        context.FireUserEventTriggered(evt);
    }

    /// <inheritdoc/>
    public override Task CloseAsync(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ConnectionLease.Of(context.Channel).TrySetCloseReason(PeerEnd.WasRead(context.Channel) ? CloseReason.PeerClosed : CloseReason.Closed);
        return context.CloseAsync();
    }

    /// <summary>Why a connection ends by an exception of a stage or of the transport; null where it does not, or the exception is none of theirs.</summary>
    internal static CloseReason? ReasonOf(Exception exception) => exception switch
    {
        NotSslRecordException => CloseReason.NotTls,
        TlsHandshakeException { Reason: TlsHandshakeFailure.TimedOut } => CloseReason.HandshakeTimeout,
        TlsHandshakeException { Reason: TlsHandshakeFailure.Closed } cutOff => cutOff.InnerException is null ? CloseReason.PeerClosed : CloseReason.Reset,
        AuthenticationException => CloseReason.HandshakeFailed,
        SlowConsumerException => CloseReason.SlowConsumer,
        SendTimeoutException => CloseReason.SendTimeout,
        SocketException or IOException => CloseReason.Reset,
        _ => FrameReasonOf(exception),
    };

    /// <summary>
    /// Why a connection ends by a frame of its peer's, also where a decoder among the user's handlers judged it; null where the exception is about none. A
    /// decoder that failed itself says so by a <see cref="DecoderException"/> around what it failed by, which is a fault of ours.
    /// </summary>
    internal static CloseReason? FrameReasonOf(Exception exception) => exception switch
    {
        TooLongFrameException or PacketException { Kind: PacketFault.FrameTooLong } => CloseReason.FrameTooLong,
        PacketException { Kind: PacketFault.FrameTimeout } => CloseReason.FrameTimeout,
        CorruptedFrameException => CloseReason.BadFrame,
        DecoderException { InnerException: { } inner } => FrameReasonOf(inner),
        _ => null,
    };

    private static void WriteDown(IChannelHandlerContext context, Exception exception)
    {
        if (ReasonOf(exception) is { } reason)
        {
            ConnectionLease.Of(context.Channel).TrySetCloseReason(reason);
        }
    }
}
