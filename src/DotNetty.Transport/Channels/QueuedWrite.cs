#nullable disable
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>A write on its way from another thread to the handler's executor. Its bytes count as pending from the start.</summary>
internal sealed class QueuedWrite : IRunnable
{
    private readonly ChannelHandlerContext _context;
    private readonly ChannelHandlerContext _flushFrom;
    private readonly object _message;
    private readonly TaskCompletionSource _promise;
    private readonly AbstractChannel _channel;
    private readonly int _size;

    private QueuedWrite(ChannelHandlerContext context, ChannelHandlerContext flushFrom, object message, TaskCompletionSource promise)
    {
        _context = context;
        _flushFrom = flushFrom;
        _message = message;
        _promise = promise;
        _channel = context.Channel as AbstractChannel;
        _size = _channel?.SizeOf(message) ?? 0;
    }

    public static Task Start(ChannelHandlerContext context, object message, bool flush, ChannelHandlerContext from = null)
    {
        var promise = new TaskCompletionSource();
        Start(context, message, promise, flush, from);
        return promise.Task;
    }

    public static void Start(ChannelHandlerContext context, object message, TaskCompletionSource promise, bool flush, ChannelHandlerContext from = null)
    {
        var write = new QueuedWrite(context, flush ? from : null, message, promise);
        write._channel?.AddPendingElsewhere(write._size);
        try
        {
            context.Executor.Execute(write);
        }
        catch (RejectedExecutionException fault)
        {
            write._channel?.AddPendingElsewhere(-write._size);
            ReferenceCountUtil.SafeRelease(message);
            promise?.TrySetException(fault);
        }
    }

    public void Run()
    {
        _channel?.PendingArrived(_size);
        if (!_context.Arrived())
        {
            PassBy();
        }
        else if (_promise is null)
        {
            _context.InvokeWrite(_message);
        }
        else
        {
            _context.InvokeWriteAsync(_message).LinkOutcome(_promise);
        }

        // Judged only now, or a write on its way would look like one that was sent and written anew.
        _channel?.JudgePending();
        _flushFrom?.Flush();
    }

    // The handler was removed while the write was on its way: the one before it is next.
    private void PassBy()
    {
        if (_promise is null)
        {
            _context.Write(_message);
        }
        else
        {
            _context.WriteAsync(_message).LinkOutcome(_promise);
        }
    }
}
