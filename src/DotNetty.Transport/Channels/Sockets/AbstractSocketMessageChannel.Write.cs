#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Writing, one message after the other. One that must wait holds up those behind it: their order is kept, and none is lost. A failure goes to
/// the message's promise; where it has none, to the pipeline.
/// </summary>
public abstract partial class AbstractSocketMessageChannel
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(64);

    private bool _writeWaiting;
    private IScheduledTask _retry;
    private TimeSpan _nextRetry = ShortestRetry;

    /// <summary>Sends one message.</summary>
    /// <returns>False when it must wait until the socket is writable.</returns>
    /// <exception cref="Exception">It cannot be sent; see <see cref="ContinueOnWriteError"/>.</exception>
    protected abstract bool DoWriteMessage(object msg, ChannelOutboundBuffer input);

    protected override void DoWrite(ChannelOutboundBuffer input)
    {
        for (int spin = Configuration.WriteSpinCount; Open && !input.IsEmpty; spin--)
        {
            if (spin == 0)
            {
                // Others have their turn; this goes on in the next.
                YieldWrite();
                return;
            }

            if (!WriteCurrent(input))
            {
                WaitForWritability();
                return;
            }
        }

        ContinueClose();
    }

    /// <summary>For a system that is out of buffers: being writable all the while, it cannot say when it has some again.</summary>
    private protected void RetryWriteLater()
    {
        _retry = EventLoop.Schedule(static channel => ((AbstractSocketMessageChannel)channel).Retry(), this, _nextRetry);
        _nextRetry = _nextRetry * 2 < LongestRetry ? _nextRetry * 2 : LongestRetry;
    }

    /// <returns>False when it must wait.</returns>
    private bool WriteCurrent(ChannelOutboundBuffer input)
    {
        try
        {
            if (!DoWriteMessage(input.Current, input))
            {
                return false;
            }

            input.Remove();
        }
        catch (Exception fault) when (ContinueOnWriteError)
        {
            FailCurrent(input, fault);
        }

        _nextRetry = ShortestRetry;
        return true;
    }

    private void FailCurrent(ChannelOutboundBuffer input, Exception fault)
    {
        bool unheard = input.CurrentHasNoPromise;
        input.Remove(fault);
        if (unheard)
        {
            Pipeline.FireExceptionCaught(fault);
        }
    }

    private void WaitForWritability()
    {
        _writeWaiting = true;
        if (_retry is null)
        {
            _socket.WantWrite(true);
        }
    }

    private void YieldWrite()
    {
        _writeWaiting = true;
        EventLoop.Execute(static channel => ((AbstractSocketMessageChannel)channel).ResumeWrite(), this);
    }

    private void Retry()
    {
        _retry = null;
        ResumeWrite();
    }

    private void ResumeWrite()
    {
        if (!Open)
        {
            return;
        }

        _writeWaiting = false;
        ((AbstractUnsafe)Unsafe).FlushNow();
        ContinueClose();
    }
}
