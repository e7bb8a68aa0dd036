using DotNetty.Common;
using DotNetty.Common.Concurrency;

namespace EsockdNetty.Connections.Traffic;

/// <summary>One connection's part in a <see cref="TrafficLimit"/>, its own and its share of the total; waits with one timer. On the connection's loop.</summary>
internal sealed class TrafficTurn(TrafficLimit limit, IEventExecutor executor, Action again)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromTicks(1);

    private TrafficLevel _own;
    private IScheduledTask? _timer;

    /// <summary>Its place among those who wait for the total; belongs to that.</summary>
    public LinkedListNode<TrafficTurn>? Place { get; set; }

    /// <summary>Takes as many as there are, up to <paramref name="most"/>; with none it is called again.</summary>
    public int TakeUpTo(int most)
    {
        PreciseTimeSpan now = executor.Now;
        if (!OwnAllows(now, out double own))
        {
            return 0;
        }

        int taken = limit.Shared.TakeUpTo(this, (int)Math.Min(most, own), now, out TimeSpan? wait);
        _own.Take(taken);
        if (taken == 0)
        {
            WaitFor(wait);
        }

        return taken;
    }

    /// <summary>Takes <paramref name="count"/> if there is one, the rest in advance; else it is called again.</summary>
    public bool TryOverdraw(long count)
    {
        PreciseTimeSpan now = executor.Now;
        if (!OwnAllows(now, out _))
        {
            return false;
        }

        bool mayPass = limit.Shared.TryOverdraw(this, count, now, out TimeSpan? wait);
        if (mayPass)
        {
            _own.Take(count);
        }
        else
        {
            WaitFor(wait);
        }

        return mayPass;
    }

    /// <summary>Takes what has come without asking; gives it back where <paramref name="count"/> is negative.</summary>
    public void Charge(long count)
    {
        PreciseTimeSpan now = executor.Now;
        _own.Fill(limit.PerConnection, now);
        _own.Take(count);
        limit.Shared.Charge(count, now);
    }

    /// <summary>Waits no more.</summary>
    public void Cancel()
    {
        _timer?.Cancel();
        _timer = null;
        limit.Shared.Leave(this);
    }

    /// <summary>Nobody waits before it any more. Any thread.</summary>
    public void OnFirst()
    {
        try
        {
            executor.Execute(static turn => ((TrafficTurn)turn!).OnTime(), this);
        }
        catch (RejectedExecutionException)
        {
            // Its loop has ended: on to the next.
            limit.Shared.Leave(this);
        }
    }

    private bool OwnAllows(PreciseTimeSpan now, out double own)
    {
        TrafficRate? rate = limit.PerConnection;
        own = _own.Fill(rate, now);
        if (rate is null || own >= 1)
        {
            return true;
        }

        // Who has to wait for himself must not keep others waiting.
        limit.Shared.Leave(this);
        WaitFor(_own.UntilNext(rate));
        return false;
    }

    // No longer than a second: the rate may have changed.
    private void WaitFor(TimeSpan? time)
    {
        _timer?.Cancel();
        TimeSpan wait = time is { } until && until < LongestWait ? until + ShortestWait : LongestWait;
        _timer = executor.Schedule(static turn => ((TrafficTurn)turn!).OnTime(), this, wait);
    }

    private void OnTime()
    {
        _timer?.Cancel();
        _timer = null;
        again();
    }
}
