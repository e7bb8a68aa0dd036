using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Connections;

/// <summary>
/// Stands behind the user's handlers, also those they add later: the one place that turns an exception nobody caught into the end of that connection. A peer's misbehaviour
/// is told at Debug, a fault of ours at Error.
/// </summary>
internal sealed partial class LastHandler(string listener, ILogger logger) : TailHandler
{
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        IChannel channel = context.Channel;
        if (CloseReasonHandler.FrameReasonOf(exception) is { } ofFrame)
        {
            // Whoever decodes, a stage or a handler, decodes what this peer sent.
            ConnectionLease.Of(channel).TrySetCloseReason(ofFrame);
        }

        // A stage's exception has left its reason behind. The same exception without one comes from a handler, about a peer of its own perhaps.
        if (CloseReasonHandler.ReasonOf(exception) is not null && ConnectionLease.Of(channel).CloseReason is { } reason)
        {
            LogPeerFault(channel, reason, exception);
            End(channel, reason);
        }
        else
        {
            CloseBecauseOf(channel, exception);
        }
    }

    /// <summary>Ends a connection of which a handler, or the function that adds them, failed.</summary>
    public void CloseBecauseOf(IChannel channel, Exception fault)
    {
        Log.HandlerFault(logger, fault, listener, PeerText.Of(channel.RemoteAddress));
        _ = channel.CloseBecause(CloseReason.HandlerFault);
    }

    // What a peer sent may stand in the message too. Most logs leave it out: then nothing is made of it.
    private void LogPeerFault(IChannel channel, CloseReason reason, Exception fault)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.PeerFault(logger, listener, PeerText.Of(channel.RemoteAddress), reason.Word(), PeerText.Of(fault.Message));
        }
    }

    // On what is broken TLS shall not try to say goodbye.
    private static void End(IChannel channel, CloseReason reason)
    {
        if (reason == CloseReason.Reset)
        {
            channel.ResetBecause(reason);
        }
        else
        {
            _ = channel.CloseAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(240, LogLevel.Debug, "Listener {Listener}: connection of {Peer} ended: {Reason}. {Message}")]
        public static partial void PeerFault(ILogger logger, string listener, string peer, string reason, string message);

        [LoggerMessage(241, LogLevel.Error, "Listener {Listener}: a handler of the connection of {Peer} failed; the connection is closed")]
        public static partial void HandlerFault(ILogger logger, Exception exception, string listener, string peer);
    }
}
