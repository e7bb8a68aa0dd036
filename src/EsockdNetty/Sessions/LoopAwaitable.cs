using System.Threading.Tasks.Sources;
using DotNetty.Common.Concurrency;

namespace EsockdNetty.Sessions;

/// <summary>
/// A result that one awaiter waits for, used again and again without an allocation. Completed on the loop; an awaiter that came from the loop
/// resumes inside the completion, in the same turn.
/// </summary>
internal sealed class LoopAwaitable<T>(IEventExecutor loop) : IValueTaskSource<T>, IValueTaskSource
{
    private static readonly Action<object?> Completed = static _ => throw new InvalidOperationException("A result was awaited twice.");

    private Action<object?>? _continuation;
    private object? _state;
    private object? _scheduler;
    private ExecutionContext? _executionContext;
    private T? _result;
    private Exception? _fault;
    private short _version;
    private bool _done;

    /// <summary>True from <see cref="Begin"/> to completion.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Begins to wait; the token of the task to hand out.</summary>
    public short Begin()
    {
        _version++;
        _continuation = null;
        _state = null;
        _scheduler = null;
        _executionContext = null;
        _result = default;
        _fault = null;
        _done = false;
        IsPending = true;
        return _version;
    }

    public void Complete(T result)
    {
        _result = result;
        Signal();
    }

    public void Fail(Exception fault)
    {
        _fault = fault;
        Signal();
    }

    public ValueTaskSourceStatus GetStatus(short token) => !Volatile.Read(ref _done)
        ? ValueTaskSourceStatus.Pending
        : _fault is null ? ValueTaskSourceStatus.Succeeded
        : _fault is OperationCanceledException ? ValueTaskSourceStatus.Canceled
        : ValueTaskSourceStatus.Faulted;

    public T GetResult(short token)
    {
        if (token != _version || !Volatile.Read(ref _done))
        {
            throw new InvalidOperationException("A receive or send was awaited twice, or not to its end.");
        }

        return _fault is null ? _result! : throw _fault;
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
        {
            _executionContext = ExecutionContext.Capture();
        }

        // An awaiter on the loop resumes on the loop, inside the completion; another goes back to where it came from.
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 && !loop.InEventLoop)
        {
            _scheduler = SynchronizationContext.Current ?? (object?)(TaskScheduler.Current == TaskScheduler.Default ? null : TaskScheduler.Current);
        }

        _state = state;
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
        {
            Resume(continuation);
        }
    }

    private void Signal()
    {
        IsPending = false;
        Volatile.Write(ref _done, true);
        if ((Volatile.Read(ref _continuation) ?? Interlocked.CompareExchange(ref _continuation, Completed, null)) is { } continuation)
        {
            Resume(continuation);
        }
    }

    private void Resume(Action<object?> continuation)
    {
        switch (_scheduler)
        {
            case SynchronizationContext context:
                context.Post(static work => ((LoopAwaitable<T>)work!).RunContinuation(), Keep(continuation));
                break;
            case TaskScheduler scheduler:
                Task.Factory.StartNew(static work => ((LoopAwaitable<T>)work!).RunContinuation(), Keep(continuation), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                Keep(continuation).RunContinuation();
                break;
        }
    }

    private LoopAwaitable<T> Keep(Action<object?> continuation)
    {
        _continuation = continuation;
        return this;
    }

    private void RunContinuation()
    {
        if (_executionContext is { } context)
        {
            ExecutionContext.Run(context, static awaitable => ((LoopAwaitable<T>)awaitable!).InvokeContinuation(), this);
        }
        else
        {
            InvokeContinuation();
        }
    }

    // The continuation may begin the next wait: nothing of this one is looked at behind it.
    private void InvokeContinuation() => _continuation!(_state);
}
