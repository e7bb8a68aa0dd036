namespace DotNetty.Common.Utilities;

/// <summary>The timeouts of every tick that falls on one place of the wheel, linked in the order they came. Its lock is the only one they need.</summary>
internal sealed class WheelBucket
{
    private readonly Lock _sync = new();
    private WheelTimeout? _first;
    private WheelTimeout? _last;
    private long _swept = -1;
    private bool _closed;

    /// <returns>False when the tick has been swept already: the next one may still be to come.</returns>
    /// <exception cref="ObjectDisposedException">The wheel was emptied for good.</exception>
    public bool TryAdd(WheelTimeout timeout)
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_closed, timeout.Timer);
            if (timeout.Tick <= _swept)
                return false;

            Link(timeout);
            return true;
        }
    }

    /// <returns>False when it expired or was cancelled before.</returns>
    public bool TryCancel(WheelTimeout timeout)
    {
        lock (_sync)
        {
            if (!timeout.IsWaiting)
                return false;

            timeout.MarkCanceled();
            if (!_closed)
                Unlink(timeout);
            return true;
        }
    }

    /// <summary>Takes the timeouts whose time has come at <paramref name="tick"/> and adds them to <paramref name="expired"/>.</summary>
    public void Sweep(long tick, Queue<WheelTimeout> expired)
    {
        lock (_sync)
        {
            _swept = tick;
            WheelTimeout? next;
            for (WheelTimeout? timeout = _first; timeout is not null; timeout = next)
            {
                next = timeout.Next;
                if (timeout.Tick > tick)
                    continue;

                Unlink(timeout);
                timeout.Expire();
                expired.Enqueue(timeout);
            }
        }
    }

    /// <summary>Takes all that wait, as they are, and accepts no more.</summary>
    public void Close(ISet<ITimeout> unprocessed)
    {
        lock (_sync)
        {
            _closed = true;
            for (WheelTimeout? timeout = _first; timeout is not null; timeout = timeout.Next)
                unprocessed.Add(timeout);
            _first = _last = null;
        }
    }

    private void Link(WheelTimeout timeout)
    {
        timeout.Bucket = this;
        timeout.Previous = _last;
        if (_last is null)
            _first = timeout;
        else
            _last.Next = timeout;
        _last = timeout;
    }

    private void Unlink(WheelTimeout timeout)
    {
        if (timeout.Previous is null)
            _first = timeout.Next;
        else
            timeout.Previous.Next = timeout.Next;
        if (timeout.Next is null)
            _last = timeout.Previous;
        else
            timeout.Next.Previous = timeout.Previous;
        timeout.Next = timeout.Previous = null;
    }
}
