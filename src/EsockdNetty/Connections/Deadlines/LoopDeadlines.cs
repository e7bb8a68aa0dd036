using System.Runtime.CompilerServices;
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace EsockdNetty.Connections.Deadlines;

/// <summary>
/// The deadlines of the connections of one loop, behind one timer for the earliest. Every connection has two: a timer of the loop for each would be
/// 88 bytes of it, and as many of garbage each time it is set again. On the loop only.
/// </summary>
internal sealed class LoopDeadlines
{
    private static readonly ConditionalWeakTable<IEventExecutor, LoopDeadlines> OfLoops = [];

    // Asked for several times a connection, by the loop itself.
    [ThreadStatic]
    private static LoopDeadlines? _own;

    private readonly IEventExecutor _loop;
    private readonly PriorityQueue<IDeadlineOwner> _owners = new(new EarliestFirst());
    private IScheduledTask? _timer;

    private LoopDeadlines(IEventExecutor loop) => _loop = loop;

    public static LoopDeadlines Of(IEventExecutor loop)
    {
        if (_own is { } own && own._loop == loop)
        {
            return own;
        }

        LoopDeadlines deadlines = OfLoops.GetValue(loop, static loop => new LoopDeadlines(loop));
        if (loop.InEventLoop)
        {
            _own = deadlines;
        }

        return deadlines;
    }

    /// <summary>Has <paramref name="owner"/> told after <paramref name="delay"/>, and at no other time that was set before.</summary>
    public void Set(IDeadlineOwner owner, TimeSpan delay)
    {
        _owners.Remove(owner);
        owner.Deadline.At = _loop.Now + delay;
        _owners.Enqueue(owner);
        Arm();
    }

    /// <summary>Has <paramref name="owner"/> told no more.</summary>
    public void Clear(IDeadlineOwner owner)
    {
        // Handlers hear of their end elsewhere where the loop has ended before, and then nobody is told any more.
        if (_loop.InEventLoop)
        {
            _owners.Remove(owner);
            Disarm();
        }
    }

    private void Disarm()
    {
        if (_owners.Count == 0)
        {
            _timer?.Cancel();
            _timer = null;
        }
    }

    // One that comes too early, since what it was for was cleared, looks again: cheaper than a new timer each time.
    private void Arm()
    {
        if (_owners.Peek() is not { Deadline.At: var earliest } || _timer?.Deadline <= earliest)
        {
            return;
        }

        _timer?.Cancel();
        _timer = _loop.Schedule(static deadlines => ((LoopDeadlines)deadlines!).TellDue(), this, (earliest - _loop.Now).ToTimeSpan());
    }

    private void TellDue()
    {
        _timer = null;
        PreciseTimeSpan now = _loop.Now;
        try
        {
            while (_owners.Peek() is { } owner && owner.Deadline.At <= now)
            {
                _owners.Dequeue();
                owner.OnDeadline();
            }
        }
        finally
        {
            Arm();
        }
    }

    private sealed class EarliestFirst : IComparer<IDeadlineOwner>
    {
        public int Compare(IDeadlineOwner? one, IDeadlineOwner? other) => one!.Deadline.At.CompareTo(other!.Deadline.At);
    }
}
