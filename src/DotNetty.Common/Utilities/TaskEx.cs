#nullable disable
using DotNettyPromise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Common.Utilities;

/// <summary>Ready-made tasks, and handing a task's outcome to a promise.</summary>
public static class TaskEx
{
    public static readonly Task<int> Zero = Task.FromResult(0);
    public static readonly Task<int> Completed = Zero;
    public static readonly Task<int> Cancelled = Task.FromCanceled<int>(new CancellationToken(canceled: true));
    public static readonly Task<bool> True = Task.FromResult(true);
    public static readonly Task<bool> False = Task.FromResult(false);

    public static Task FromException(Exception exception) => Task.FromException(exception);

    public static Task<T> FromException<T>(Exception exception) => Task.FromException<T>(exception);

    /// <summary>When <paramref name="task"/> ends, the promise ends as it did.</summary>
    public static void LinkOutcome(this Task task, DotNettyPromise taskCompletionSource)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(taskCompletionSource);
        WhenDone(task, static (task, promise) => Settle(task, (DotNettyPromise)promise, static _ => 0), taskCompletionSource);
    }

    /// <inheritdoc cref="LinkOutcome(Task, DotNettyPromise)"/>
    public static void LinkOutcome<T>(this Task<T> task, TaskCompletionSource<T> taskCompletionSource)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(taskCompletionSource);
        WhenDone(task, static (task, promise) => Settle(task, (TaskCompletionSource<T>)promise, static task => ((Task<T>)task).Result), taskCompletionSource);
    }

    /// <summary>Fails the promise with <paramref name="exception"/>, or with what it wraps.</summary>
    public static void TryUnwrap<T>(this TaskCompletionSource<T> completionSource, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(completionSource);
        if (exception is AggregateException aggregate)
        {
            completionSource.TrySetException(aggregate.InnerExceptions);
        }
        else
        {
            completionSource.TrySetException(exception);
        }
    }

    /// <summary>The first exception inside any nesting of <see cref="AggregateException"/>s, or the exception itself.</summary>
    public static Exception Unwrap(this Exception exception)
    {
        while (exception is AggregateException { InnerException: { } inner })
            exception = inner;
        return exception;
    }

    private static void WhenDone(Task task, Action<Task, object> settle, object promise)
    {
        if (task.IsCompleted)
        {
            settle(task, promise);
            return;
        }

        task.ContinueWith(settle, promise, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static void Settle<T>(Task task, TaskCompletionSource<T> promise, Func<Task, T> result)
    {
        switch (task.Status)
        {
            case TaskStatus.RanToCompletion:
                promise.TrySetResult(result(task));
                break;
            case TaskStatus.Canceled:
                promise.TrySetCanceled();
                break;
            default:
                promise.TryUnwrap(task.Exception);
                break;
        }
    }
}
