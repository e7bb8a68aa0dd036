using DotNetty.Common.Concurrency;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Streams;

/// <summary>A chunked input under way, or a message behind one. It ends once: input closed or message given away, then its promise told.</summary>
internal sealed class WaitingWrite<T>(IChannelHandlerContext context, object message, TaskCompletionSource? promise)
{
    /// <summary>Null when it is a message like any other.</summary>
    public IChunkedInput<T>? Input { get; } = message as IChunkedInput<T>;

    public bool HasEnded { get; private set; }

    /// <summary>Passes the message on; what becomes of it is the transport's.</summary>
    public void PassOn()
    {
        HasEnded = true;
        if (promise == null)
        {
            context.Write(message);
        }
        else
        {
            context.WriteAsync(message).LinkOutcome(promise);
        }
    }

    /// <summary>Sends a piece. The last one's outcome is the input's; that of any other matters when it is bad.</summary>
    public void Send(object chunk, bool last, Action<WaitingWrite<T>, Exception> onFailure)
    {
        Task write = context.WriteAsync(chunk);
        if (write.IsCompleted)
        {
            Settle(write, last, onFailure);
            return;
        }

        _ = write.ContinueWith(
            done => OnExecutor(() => Settle(done, last, onFailure)),
            CancellationToken.None,
            (last ? TaskContinuationOptions.None : TaskContinuationOptions.NotOnRanToCompletion) | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public void Fail(Exception cause)
    {
        if (HasEnded)
        {
            return;
        }

        End();
        if (promise == null)
        {
            WriteOutcome.Fail(context, cause);
        }
        else
        {
            promise.TrySetException(cause);
        }
    }

    private void Settle(Task write, bool last, Action<WaitingWrite<T>, Exception> onFailure)
    {
        if (!write.IsCompletedSuccessfully)
        {
            onFailure(this, write.Exception?.InnerException ?? new TaskCanceledException(write));
        }
        else if (last && !HasEnded)
        {
            End();
            promise?.TryComplete();
        }
    }

    private void End()
    {
        HasEnded = true;
        if (Input == null)
        {
            ReferenceCountUtil.SafeRelease(message);
            return;
        }

        try
        {
            Input.Close();
        }
        catch (Exception fault)
        {
            Log.Logger.Warn("A chunked input could not be closed.", fault);
        }
    }

    private void OnExecutor(Action action)
    {
        if (context.Executor.InEventLoop)
        {
            action();
            return;
        }

        try
        {
            context.Executor.Execute(action);
        }
        catch (RejectedExecutionException)
        {
            // The executor has ended: this thread is the last that can act for it.
            action();
        }
    }

    private static class Log
    {
        public static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance(typeof(ChunkedWriteHandler<>));
    }
}
