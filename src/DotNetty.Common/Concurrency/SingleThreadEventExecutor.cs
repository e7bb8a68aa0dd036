#nullable disable
using System.Collections.Concurrent;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Concurrency;

/// <summary>
/// One thread that, round after round, waits for work, runs what was queued and the timers that are due. A round is bounded by the breakout
/// interval, and a due timer waits at most one round.
/// </summary>
public partial class SingleThreadEventExecutor : AbstractScheduledEventExecutor
{
    /// <summary>How long one round may run queued work when nothing else is said.</summary>
    protected static readonly TimeSpan DefaultBreakoutInterval = TimeSpan.FromMilliseconds(5);

    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<SingleThreadEventExecutor>();

    private readonly ConcurrentQueue<IRunnable> _tasks = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly TimeSpan _breakoutInterval;
    private readonly ExecutorTaskScheduler _scheduler;
    private readonly Thread _thread;
    private ThreadStack _stack;
    private PreciseTimeSpan _now = PreciseTimeSpan.FromStart;
    private int _sleeping;

    // 1 from when work was given until the queue is looked through. An empty queue is known by one look at this; its own way looks at six places.
    private int _given;

    public SingleThreadEventExecutor(string threadName, TimeSpan breakoutInterval)
        : this(null, threadName, breakoutInterval)
    {
    }

    public SingleThreadEventExecutor(IEventExecutorGroup parent, string threadName, TimeSpan breakoutInterval)
        : base(parent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(breakoutInterval, TimeSpan.Zero);
        _breakoutInterval = breakoutInterval;
        _scheduler = new ExecutorTaskScheduler(this);
        _thread = new Thread(static executor => ((SingleThreadEventExecutor)executor).RunThread())
        {
            IsBackground = true,
            Name = threadName ?? "event-executor",
        };
    }

    /// <summary>Tasks started on it run on this executor; it is the current one inside everything the executor runs.</summary>
    public TaskScheduler Scheduler => _scheduler;

    /// <summary>The number of pieces of work taken from the queue so far.</summary>
    public long Progress => Volatile.Read(ref _tasksRun);

    /// <summary>The number of rounds so far; a loop that does not turn stands still here.</summary>
    public long Rounds => Volatile.Read(ref _rounds);

    /// <summary>The name of its thread.</summary>
    public string Name => _thread.Name;

    /// <summary>How long the last finished round took: what a due timer or a ready socket may have had to wait.</summary>
    public TimeSpan Lag => PreciseTimeSpan.FromTicks(Volatile.Read(ref _lastRound)).ToTimeSpan();

    /// <summary>How long the round that is running has taken so far; zero while the executor waits for work. Any thread.</summary>
    public TimeSpan CurrentRound =>
        Volatile.Read(ref _roundBegan) is var began and > 0
            ? PreciseTimeSpan.FromTicks(Math.Max(0, PreciseTimeSpan.FromStart.Ticks - began)).ToTimeSpan()
            : TimeSpan.Zero;

    /// <summary>
    /// What it serves just now: a channel, or a piece of work from its queue, which <c>ToString</c> names; null while it waits. Any thread, for
    /// telling what holds the executor up.
    /// </summary>
    public object Serving => Volatile.Read(ref _serving);

    /// <summary>What <c>InEventLoop</c> says, for where it is asked at every message.</summary>
    internal bool IsCurrent => _stack.IsCallers || InEventLoop;

    public int BacklogLength => _tasks.Count;

    public bool IsBacklogEmpty => _tasks.IsEmpty;

    /// <inheritdoc/>
    public override PreciseTimeSpan Now => IsCurrent ? _now : PreciseTimeSpan.FromStart;

    public override bool IsInEventLoop(Thread t) => t == _thread;

    public override void Execute(IRunnable task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (InEventLoop)
        {
            Enqueue(task);
            return;
        }

        // Counted while it is on its way: the thread ends only when nobody is between the check and the queue.
        Interlocked.Increment(ref _submitting);
        try
        {
            Enqueue(task);
        }
        finally
        {
            Interlocked.Decrement(ref _submitting);
        }

        Start();
        WakeUp(false);
    }

    /// <summary>The longest round that has ended since this was asked before. Any thread, but for one who asks.</summary>
    public TimeSpan TakeLongestRound() => PreciseTimeSpan.FromTicks(Interlocked.Exchange(ref _longestRound, 0)).ToTimeSpan();

    /// <summary>Starts the thread; later calls do nothing. Giving the executor work starts it too.</summary>
    public void Start()
    {
        if (_state == NotStarted && Interlocked.CompareExchange(ref _state, Running, NotStarted) == NotStarted)
        {
            _thread.UnsafeStart(this);
        }
    }

    protected override IEnumerable<IEventExecutor> GetItems() => [this];

    /// <summary>Ends the wait of the round that is waiting, if one is.</summary>
    protected virtual void WakeUp(bool inEventLoop)
    {
        if (!inEventLoop && Volatile.Read(ref _sleeping) == 1 && Interlocked.Exchange(ref _sleeping, 0) == 1)
        {
            Signal();
        }
    }

    /// <summary>Ends a <see cref="Wait"/> that has begun or will. Called from any thread, once a wait.</summary>
    private protected virtual void Signal() => _work.Set();

    /// <summary>Waits until signalled, but not beyond <paramref name="end"/>, which is to come.</summary>
    /// <returns>False when the time ran out.</returns>
    private protected virtual bool Wait(PreciseTimeSpan end) => _work.WaitOne(end == Never ? Timeout.Infinite : ToMilliseconds(end - _now));

    /// <summary>What the thread does with its resources before its first round.</summary>
    private protected virtual void OnStarted()
    {
    }

    /// <summary>What the thread gives back after its last work.</summary>
    private protected virtual void OnTerminated()
    {
    }

    // Rounded up: rounded down, the last fraction of a millisecond would be spent spinning.
    private static int ToMilliseconds(PreciseTimeSpan wait) =>
        (int)Math.Min(int.MaxValue, Math.Ceiling(wait.ToTimeSpan().TotalMilliseconds));

    private void Enqueue(IRunnable task)
    {
        if (_state >= Shutdown)
        {
            throw new RejectedExecutionException();
        }

        _tasks.Enqueue(task);
        Volatile.Write(ref _given, 1);
    }
}
