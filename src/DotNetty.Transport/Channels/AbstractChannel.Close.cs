#nullable disable

namespace DotNetty.Transport.Channels;

/// <summary>
/// Closing. It begins once: new writes fail, reading stops, the channel is not active any more. The transport may then send what was flushed
/// and linger; it ends once: descriptor closed, permits given back, <c>ChannelInactive</c>, <c>ChannelUnregistered</c>, <see cref="CloseCompletion"/>.
/// </summary>
public abstract partial class AbstractChannel
{
    private volatile bool _closing;
    private volatile bool _closed;
    private bool _activated;

    // Null also on a channel that was closed in order: the exception for it is made when a write is there to fail by it.
    private ClosedChannelException _closeCause;

    /// <summary>True from the moment closing begins.</summary>
    internal bool Closing => _closing;

    /// <summary>The transport's chance to send what was flushed and to linger.</summary>
    /// <returns>True when it does, and will call <see cref="FinishClose"/> itself.</returns>
    private protected virtual bool CloseGracefully() => false;

    /// <summary>Makes the coming <see cref="DoClose"/> drop what the peer has not received yet: a connection is reset.</summary>
    private protected virtual void PrepareAbort()
    {
    }

    private protected void FinishClose()
    {
        if (_closed)
        {
            return;
        }

        _closing = true;
        _closed = true;
        try
        {
            DoClose();
        }
        catch (Exception fault)
        {
            Logger.Warn("A channel's descriptor could not be closed in order.", fault);
        }

        FailWrites();
        _released = true;
        TellCloseListener();
        if (_pipeline.Started)
        {
            // Later: this may run inside another event of the same channel, and events come one at a time.
            Later(static channel => channel.EndRegistration());
        }
        else
        {
            CompleteClose();
        }
    }

    private void FailWrites()
    {
        if (_outbound.IsEmpty && _outbound.Unflushed == 0)
        {
            return;
        }

        _closeCause ??= new ClosedChannelException();
        _outbound.FailFlushed(_closeCause, true);
        _outbound.FailUnflushed(_closeCause);
    }

    /// <summary>The loop ends: closes in order as far as that needs no waiting. A peer whose bytes are all out sees FIN, the others a reset.</summary>
    internal void CloseWithLoop()
    {
        _ = BeginClose(null);
        if (_closed)
        {
            return;
        }

        if (!_outbound.IsEmpty)
        {
            PrepareAbort();
        }

        FinishClose();
    }

    private Task BeginClose(Exception cause)
    {
        Task completion = CloseCompletion;
        if (!_closing)
        {
            CloseAlone(static (channel, cause) => channel.BeginCloseAlone(cause), cause);
        }

        return completion;
    }

    private void BeginCloseAlone(Exception cause)
    {
        if (_closing)
        {
            return;
        }

        MarkClosing(cause);
        if (_outbound.Unflushed > 0)
        {
            _outbound.FailUnflushed(new ClosedChannelException());
        }

        if (!TryCloseGracefully())
        {
            FinishClose();
        }
    }

    /// <summary>
    /// Keeps closers apart from each other and from a registration. On the loop they come one after another. Where there is no loop, or none any
    /// more, the first one closes: it gives the channel <see cref="EndedLoop"/>, so that no registration can begin; the others need do nothing.
    /// </summary>
    private void CloseAlone(Action<AbstractChannel, Exception> close, Exception cause)
    {
        IEventLoop loop = _eventLoop;
        if (loop is null or { InEventLoop: false, IsTerminated: true })
        {
            IEventLoop found = Interlocked.CompareExchange(ref _eventLoop, EndedLoop.Instance, loop);
            if (found == loop && loop != EndedLoop.Instance)
            {
                close(this, cause);
                return;
            }

            loop = found;
        }

        if (loop == EndedLoop.Instance)
        {
            return;
        }

        if (loop.InEventLoop)
        {
            close(this, cause);
        }
        else
        {
            CloseAloneLater(close, cause);
        }
    }

    private void CloseAloneLater(Action<AbstractChannel, Exception> close, Exception cause) => Later(channel => channel.CloseAlone(close, cause));

    // Without a loop nothing could be waited for. A channel that was deregistered has one still.
    private bool TryCloseGracefully()
    {
        try
        {
            return _pipeline.Started && _eventLoop.InEventLoop && CloseGracefully();
        }
        catch (Exception fault)
        {
            Logger.Warn("A channel could not be closed in order and is closed at once.", fault);
            return false;
        }
    }

    /// <summary>Closes a channel on which nothing can be sent any more.</summary>
    private protected void CloseBroken(Exception cause)
    {
        MarkClosing(cause);

        // What still waits learns what broke it, also where a close had begun in order.
        _closeCause = AsClosed(cause);
        FinishClose();
    }

    private void AbortNow()
    {
        if (!_closed)
        {
            CloseAlone(static (channel, _) => channel.Abort(), null);
        }
    }

    private void Abort()
    {
        if (_closed)
        {
            return;
        }

        MarkClosing(null);
        PrepareAbort();
        FinishClose();
    }

    private void MarkClosing(Exception cause)
    {
        if (_closing)
        {
            return;
        }

        _closeCause = AsClosed(cause);
        KeepAddresses();
        _closing = true;
    }

    private static ClosedChannelException AsClosed(Exception cause) =>
        cause is null or ClosedChannelException ? (ClosedChannelException)cause : new ClosedChannelException(cause.Message, cause);

    /// <summary>Asks for the addresses that cannot be known after the close: whoever reports on a connection then wants to know whose it was.</summary>
    private protected virtual void KeepAddresses()
    {
        _ = LocalAddress;
        _ = RemoteAddress;
    }

    private void EndRegistration()
    {
        Deactivate();
        Deregister();
        _pipeline.Destroy();
        CompleteClose();
    }

    /// <summary>Fires <c>ChannelActive</c>, once, if the channel is.</summary>
    private protected void Activate()
    {
        if (!_activated && Active)
        {
            _activated = true;
            _pipeline.FireChannelActive();
        }
    }

    // Only who was told of the beginning is told of the end.
    private void Deactivate()
    {
        if (_activated)
        {
            _activated = false;
            _pipeline.FireChannelInactive();
        }
    }

    private void Deregister()
    {
        if (!_registered)
        {
            return;
        }

        try
        {
            DoDeregister();
        }
        catch (Exception fault)
        {
            Logger.Warn("A channel could not be deregistered in order.", fault);
        }

        (_eventLoop as IChannelRegistry)?.Remove(this);
        _pipeline.FireChannelUnregistered();
        _registered = false;
    }
}
