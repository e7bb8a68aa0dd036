#nullable disable

namespace DotNetty.Transport.Channels;

/// <summary>
/// A read round: from the receive to the end of <c>ChannelReadComplete</c>. Flushes inside it are marks; the transport sends once, after it.
/// </summary>
public abstract partial class AbstractChannel
{
    private const int MostDeferredFlushes = 256;
    private const int MostDeferredBytes = 64 * 1024;

    private bool _inReadRound;
    private int _deferredFlushes;

    /// <summary>True between the receive and the end of its <c>ChannelReadComplete</c>.</summary>
    private protected bool InReadRound => _inReadRound;

    private protected void BeginReadRound()
    {
        BeServed();
        _inReadRound = true;
    }

    private protected void EndReadRound()
    {
        _inReadRound = false;
        if (_deferredFlushes > 0)
        {
            FlushDeferred();
        }
    }

    private bool DeferFlush()
    {
        if (!_inReadRound)
        {
            return false;
        }

        if (++_deferredFlushes < MostDeferredFlushes && _outbound.TotalPendingWriteBytes() < MostDeferredBytes)
        {
            return true;
        }

        _deferredFlushes = 0;
        return false;
    }

    private void FlushDeferred()
    {
        _deferredFlushes = 0;
        ((AbstractUnsafe)_unsafe).FlushNow();
    }
}
