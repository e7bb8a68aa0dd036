using System.Net.Sockets;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>close_notify as the last thing sent, the peer's awaited within a bound, then the channel's own close (RFC 8446 §6.1).</summary>
public sealed partial class TlsHandler
{
    private Promise? _closing;
    private bool _closePassedOn;

    private Task CloseInOrder(IChannelHandlerContext context)
    {
        if (_closing is { } closing)
        {
            // Asked again by the transport, which has read the peer's FIN: no close_notify will come any more.
            if (ChannelSeam.IsInputEnded(context.Channel))
            {
                FinishClose(context);
            }

            return closing.Task;
        }

        _queue?.FailUnflushed(new ClosedChannelException());
        SayClose(context);
        _outputEnded = true;
        _queue?.FailAll(new ClosedChannelException());
        if (!AwaitsPeer(context))
        {
            return context.CloseAsync();
        }

        _closing = new Promise();
        _timer = context.Executor.Schedule(
            static (handler, context) => ((TlsHandler)handler).FinishClose((IChannelHandlerContext)context), this, context, _settings.CloseNotifyTimeout);
        context.Read();
        return _closing.Task;
    }

    private void SayClose(IChannelHandlerContext context)
    {
        if (!_handshakeDone || _disposeWanted)
        {
            return;
        }

        EncryptFlushed(context);
        _engine?.SendClose();
        WriteCiphertext(context);
        FlushOwn(context);
    }

    private bool AwaitsPeer(IChannelHandlerContext context) =>
        _engine is { State: TlsEngineState.Established, IsOutputClosed: true, IsInputClosed: false }
        && _settings.CloseNotifyTimeout > TimeSpan.Zero
        && context.Channel.Active
        && !ChannelSeam.IsInputEnded(context.Channel);

    private void FinishClose(IChannelHandlerContext context)
    {
        if (_closing == null || _closePassedOn)
        {
            return;
        }

        _closePassedOn = true;
        _timer?.Cancel();
        context.CloseAsync().LinkOutcome(_closing);
    }

    // Whatever ended the channel, it ends here: the handshake that was under way, the close that waited, the bytes nobody asked for yet.
    private void EndByChannel(IChannelHandlerContext context)
    {
        if (!_handshakeDone)
        {
            FailHandshake(context, new TlsHandshakeException(TlsHandshakeFailure.Closed, "The connection was closed during the TLS handshake."));
        }

        Deliver(context);
        FinishClose(context);
        _outputEnded = true;
        _queue?.FailAll(new ClosedChannelException());
    }

    /// <summary>A connection that breaks while it is being opened or closed is told by that alone.</summary>
    private bool TakeException(IChannelHandlerContext context, Exception exception)
    {
        if (exception is not (IOException or SocketException))
        {
            return false;
        }

        if (!_handshakeDone)
        {
            FailHandshake(context, new TlsHandshakeException(TlsHandshakeFailure.Closed, "The connection broke during the TLS handshake.", exception));
            return true;
        }

        FinishClose(context);
        return _outputEnded;
    }
}
