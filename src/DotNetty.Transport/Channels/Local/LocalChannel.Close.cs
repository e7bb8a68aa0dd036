#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Local;

/// <summary>
/// Closing in order: what was flushed stays until the peer has read it, or has stopped reading, or the deadline is over; then the peer learns of
/// the end, behind the last message.
/// </summary>
public partial class LocalChannel
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private IScheduledTask _closeTimer;
    private bool _waitsForReader;
    private bool _peerReads = true;
    private bool _peerEnded;

    protected override void DoClose()
    {
        _open = false;
        _closeTimer?.Cancel();
        LocalChannelRegistry.GiveBack(this, _localAddress);
        if (_held is not null)
        {
            Release(_held);
            _held = null;
        }

        _peer?.Tell(static (peer, _) => peer.LearnOfEnd());
    }

    private protected override bool CloseGracefully()
    {
        if (_peer is null || !_peerReads)
        {
            return false;
        }

        ((AbstractUnsafe)Unsafe).FlushNow();
        if (Unsafe.OutboundBuffer.IsEmpty)
        {
            return false;
        }

        _waitsForReader = true;
        _peer.Tell(static (peer, _) => peer.LearnThatNobodyReads());
        _closeTimer = EventLoop.Schedule(static channel => ((LocalChannel)channel).FinishClose(), this, FlushTimeout);
        return true;
    }

    private void ContinueClose()
    {
        if (_waitsForReader && Unsafe.OutboundBuffer.IsEmpty)
        {
            FinishClose();
        }
    }

    /// <summary>The peer has begun to close: it delivers what it has flushed, and reads nothing any more.</summary>
    private void LearnThatNobodyReads()
    {
        _peerReads = false;
        if (_waitsForReader)
        {
            FinishClose();
        }
    }

    /// <summary>The peer is closed. What it sent last may still be held back here, for want of a read.</summary>
    private void LearnOfEnd()
    {
        _peerReads = false;
        _peerEnded = true;
        EndWithPeer();
    }

    private void EndWithPeer()
    {
        if (!_peerEnded || _held is not null)
        {
            return;
        }

        if (Closing)
        {
            FinishClose();
        }
        else
        {
            _ = CloseAsync();
        }
    }
}
