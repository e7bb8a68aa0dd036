#nullable disable
using System.Runtime.CompilerServices;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Concurrency;

/// <summary>A delegate that waits for its time. Its promise is made only for those who ask.</summary>
internal sealed class ScheduledTask : IScheduledRunnable, IQueuePosition
{
    private const int Pending = 0;
    private const int Running = 1;
    private const int Ran = 2;
    private const int Cancelling = 3;
    private const int Cancelled = 4;

    private readonly AbstractScheduledEventExecutor _executor;
    private readonly Action<object, object> _action;
    private readonly object _context;
    private readonly object _argument;
    private readonly long _sequence;
    private TaskCompletionSource _promise;

    // The tie to a token until it ran, then what it failed by: few timers have either, and many connections have one timer.
    private object _tieOrFault;
    private int _state;

    public ScheduledTask(AbstractScheduledEventExecutor executor, Action<object, object> action, object context, object argument, PreciseTimeSpan deadline, long sequence)
    {
        _executor = executor;
        _action = action;
        _context = context;
        _argument = argument;
        _sequence = sequence;
        Deadline = deadline;
    }

    public PreciseTimeSpan Deadline { get; }

    /// <summary>Timers of one executor in the order they were made.</summary>
    internal long Sequence => _sequence;

    internal bool IsCancelled => Volatile.Read(ref _state) >= Cancelling;

    private Cancellation Tie => _tieOrFault as Cancellation;

    int IQueuePosition.QueuePosition { get; set; }

    public Task Completion => Promise().Task;

    public TaskAwaiter GetAwaiter() => Completion.GetAwaiter();

    public bool Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelling, Pending) != Pending)
        {
            return false;
        }

        Tie?.Registration.Unregister();
        _executor.RemoveScheduled(this);
        End(Cancelled);
        return true;
    }

    public void Run()
    {
        if (Interlocked.CompareExchange(ref _state, Running, Pending) != Pending)
        {
            return;
        }

        Tie?.Registration.Unregister();
        try
        {
            _action(_context, _argument);
        }
        catch (Exception fault)
        {
            _tieOrFault = fault;
            if (Volatile.Read(ref _promise) is null)
            {
                End(Ran);
                throw;
            }
        }

        End(Ran);
    }

    public int CompareTo(IScheduledRunnable other)
    {
        int order = Deadline.CompareTo(other.Deadline);
        return order != 0 || other is not ScheduledTask task ? order : _sequence.CompareTo(task._sequence);
    }

    public override string ToString() => _context is IRunnable runnable ? runnable.ToString() : DelegateNames.Of(_argument as Delegate ?? _context as Delegate ?? _action);

    /// <summary>Ties the timer to a token; before it is scheduled, so that its run finds the registration and ends it.</summary>
    internal void CancelWith(CancellationToken cancellation)
    {
        if (cancellation.CanBeCanceled)
        {
            var tie = new Cancellation();
            _tieOrFault = tie;
            tie.Registration = cancellation.UnsafeRegister(static task => ((ScheduledTask)task).Cancel(), this);
        }
    }

    private TaskCompletionSource Promise()
    {
        TaskCompletionSource promise = Volatile.Read(ref _promise);
        if (promise is null)
        {
            promise = new TaskCompletionSource();
            promise = Interlocked.CompareExchange(ref _promise, promise, null) ?? promise;
        }

        // Asked for after the end: whoever comes second of the two sees the other's write.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _state) is Ran or Cancelled)
        {
            Settle(promise);
        }

        return promise;
    }

    private void End(int state)
    {
        Volatile.Write(ref _state, state);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _promise) is { } promise)
        {
            Settle(promise);
        }
    }

    private void Settle(TaskCompletionSource promise)
    {
        if (_state == Cancelled)
        {
            CancellationToken token = Tie?.Registration.Token ?? CancellationToken.None;
            promise.TrySetCanceled(token.IsCancellationRequested ? token : CancellationToken.None);
        }
        else if (_tieOrFault is Exception fault)
        {
            promise.TrySetException(fault);
        }
        else
        {
            promise.TryComplete();
        }
    }

    /// <summary>The tie to a token, which few timers have.</summary>
    private sealed class Cancellation
    {
        public CancellationTokenRegistration Registration;
    }
}
