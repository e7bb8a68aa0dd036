#nullable disable
using System.Net.Sockets;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Closing in order: what was flushed goes out until the deadline; then FIN; then, where the peer may still be sending, its bytes are read
/// and dropped within a bound, since closing over unread bytes resets the connection and destroys the last reply.
/// </summary>
public abstract partial class AbstractSocketByteChannel
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(2);
    private const int MostDiscarded = 64 * 1024;

    // A peer that sent something so lately may have more on its way.
    private static readonly TimeSpan StillSending = TimeSpan.FromSeconds(1);

    private CloseStage _stage;
    private IScheduledTask _closeTimer;
    private bool _peerWasSending;
    private int _discarded;

    private enum CloseStage
    {
        None,
        Flushing,
        Lingering,
    }

    private protected override bool CloseGracefully()
    {
        if (!_connected)
        {
            return false;
        }

        ReadPending = false;
        _socket.WantRead(false);
        _peerWasSending = !_inputEnded && BytesReceived > 0 && EventLoop.Now < LastReceived + StillSending;
        _stage = CloseStage.Flushing;
        ((AbstractUnsafe)Unsafe).FlushNow();
        ContinueClose();
        if (_stage == CloseStage.Flushing && Open)
        {
            _closeTimer = EventLoop.Schedule(static channel => ((AbstractSocketByteChannel)channel).Abandon(), this, FlushTimeout);
        }

        return true;
    }

    /// <summary>Goes on once everything flushed is out.</summary>
    private void ContinueClose()
    {
        if (_stage != CloseStage.Flushing || !Open || !Unsafe.OutboundBuffer.IsEmpty)
        {
            return;
        }

        EndCloseTimer();
        _stage = CloseStage.Lingering;
        if (_inputEnded || _socket.Shutdown(SocketShutdown.Send) != SocketError.Success)
        {
            FinishClose();
            return;
        }

        Discard();
    }

    /// <summary>Reads and drops what the peer still sends; ends the close at its FIN, or when nothing more is to be expected.</summary>
    private void Discard()
    {
        if (_stage != CloseStage.Lingering)
        {
            return;
        }

        TransportResult result = _socket.Receive(Buffers.Staging);
        while (result.Succeeded && result.Count > 0 && _discarded < MostDiscarded)
        {
            _peerWasSending = true;
            _discarded += result.Count;
            result = _socket.Receive(Buffers.Staging);
        }

        if (result.MustWait && _peerWasSending && _discarded < MostDiscarded)
        {
            Linger();
        }
        else
        {
            FinishClose();
        }
    }

    private void Linger()
    {
        _closeTimer ??= EventLoop.Schedule(static channel => ((AbstractSocketByteChannel)channel).FinishClose(), this, LingerTimeout);
        _socket.WantRead(true);
    }

    // The peer does not read what was flushed: it has had its time.
    private void Abandon()
    {
        _socket.PrepareReset();
        FinishClose();
    }

    private void EndCloseTimer()
    {
        _closeTimer?.Cancel();
        _closeTimer = null;
    }
}
