using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Epoll;

/// <summary>One thread on one epoll set: each round waits for events, serves them, then runs queued work and due timers. Linux only.</summary>
/// <remarks>
/// While events follow each other within microseconds a loop looks for the next, for up to 20 µs, before it sleeps: one loop at a time for every
/// two processors that the process may use. Where looking finds nothing it is soon left off. The AppContext switch <c>EsockdNetty.Spin</c>, as it is
/// when a loop is made, decides otherwise: false has it sleep at once, true has one loop look on any machine.
/// </remarks>
public sealed class EpollEventLoop : SingleThreadEventLoop
{
    // One for every two processors that the process may use: on a single one, looking doubles the rate of one connection's round trips for a third
    // more processor time a message, and takes that time from the work.
    private static readonly int MostSpinning = Environment.ProcessorCount / 2;

    private static readonly TimeSpan LongestLook = TimeSpan.FromMicroseconds(20);

    private readonly Func<bool> _look;
    private readonly List<EpollEntry> _joined = [];
    private int _ready;
    private bool _looked;

    /// <summary>A loop of its own.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public EpollEventLoop()
        : this(null, "epoll-event-loop")
    {
    }

    internal EpollEventLoop(IEventLoopGroup? parent, string threadName)
        : base(parent, threadName, DefaultBreakoutInterval, new SpinBudget(MostSpinning, LongestLook))
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("epoll is Linux's: use MultithreadEventLoopGroup and the TcpServerSocketChannel on this system.");
        }

        Set = new EpollSet();
        _look = () => (_ready = Set.Look()) > 0;
    }

    internal EpollSet Set { get; }

    internal EpollEntries Entries { get; } = new();

    /// <summary>Has a connection that joined the set watched from the end of this turn on, if it is not by then.</summary>
    internal void ApplyLater(EpollEntry entry) => _joined.Add(entry);

    /// <inheritdoc/>
    private protected override void Signal() => Set.WakeUp();

    /// <inheritdoc/>
    private protected override bool Wait(PreciseTimeSpan end)
    {
        // What joined by queued work: that may have made more of it.
        bool hasWork = ApplyJoined();
        _looked = true;
        if (!SpinBudget.Spin(_look))
        {
            _ready = hasWork ? Set.Look() : Sleep(end);
        }

        return _ready > 0;
    }

    /// <summary>Nothing yet: the look is at the set, and others must know by then that they are to wake it by that.</summary>
    private protected override bool Look() => false;

    /// <inheritdoc/>
    private protected override bool RunReady()
    {
        if (!_looked)
        {
            // There is work: what is ready now is served beside it.
            _ready = Set.Look();
        }

        _looked = false;
        int ready = _ready;
        _ready = 0;
        for (int i = 0; i < ready; i++)
        {
            ulong token = Set.TokenAt(i);
            if (!Set.TakeOwn(token))
            {
                Entries.Find(token)?.OnEvent(Set.InterestAt(i));
            }
        }

        return ApplyJoined() || ready > 0;
    }

    // An alarm may ring that was set for something else.
    private int Sleep(PreciseTimeSpan end)
    {
        while (true)
        {
            Set.WakeUpBy(end, LastClock);
            int ready = Set.Wait();
            if (!Set.TakeAlarm(ready))
            {
                return ready;
            }

            if (ReadClock() >= end)
            {
                return 0;
            }
        }
    }

    private bool ApplyJoined()
    {
        bool any = _joined.Count > 0;

        // What ends here may have another join.
        for (int i = 0; i < _joined.Count; i++)
        {
            _joined[i].ApplyJoined();
        }

        _joined.Clear();
        return any;
    }

    /// <inheritdoc/>
    private protected override void OnTerminated()
    {
        base.OnTerminated();
        Set.Dispose();
    }
}
