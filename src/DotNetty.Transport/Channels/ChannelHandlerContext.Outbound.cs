#nullable disable
using System.Net;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>Outbound operations: from this handler to the one before it that takes part.</summary>
internal partial class ChannelHandlerContext
{
    public IChannelHandlerContext Read()
    {
        ChannelHandlerContext prev = FindOutgoing(HandlerMask.Read);
        if (prev.InExecutor)
        {
            prev.InvokeRead();
        }
        else
        {
            prev.Queue(static (prev, _) => prev.InvokeRead(), static (prev, _) => prev.Read(), null);
        }

        return this;
    }

    public IChannelHandlerContext Flush()
    {
        ChannelHandlerContext prev = FindOutgoing(HandlerMask.Flush);
        if (prev.InExecutor)
        {
            prev.InvokeFlush();
        }
        else
        {
            prev.Queue(static (prev, _) => prev.InvokeFlush(), static (prev, _) => prev.Flush(), null);
        }

        return this;
    }

    public void Write(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ChannelHandlerContext prev = FindOutgoing(HandlerMask.Write | HandlerMask.WriteAsync);
        if (prev.InExecutor)
        {
            prev.InvokeWrite(message);
        }
        else
        {
            QueuedWrite.Start(prev, message, null, flush: false);
        }
    }

    public Task WriteAsync(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ChannelHandlerContext prev = FindOutgoing(HandlerMask.WriteAsync);
        return prev.InExecutor ? prev.InvokeWriteAsync(message) : QueuedWrite.Start(prev, message, flush: false);
    }

    public Task WriteAndFlushAsync(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ChannelHandlerContext prev = FindOutgoing(HandlerMask.WriteAsync);
        if (!prev.InExecutor)
        {
            return QueuedWrite.Start(prev, message, flush: true, from: this);
        }

        Task write = prev.InvokeWriteAsync(message);
        Flush();
        return write;
    }

    public Task BindAsync(EndPoint localAddress)
    {
        ArgumentNullException.ThrowIfNull(localAddress);
        return Operate(HandlerMask.Bind, (Local: localAddress, Remote: (EndPoint)null), static (prev, a) => prev._handler.BindAsync(prev, a.Local));
    }

    public Task ConnectAsync(EndPoint remoteAddress) => ConnectAsync(remoteAddress, null);

    public Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress)
    {
        ArgumentNullException.ThrowIfNull(remoteAddress);
        return Operate(HandlerMask.Connect, (Local: localAddress, Remote: remoteAddress), static (prev, a) => prev._handler.ConnectAsync(prev, a.Remote, a.Local));
    }

    public Task DisconnectAsync() => Channel.Metadata.HasDisconnect
        ? Operate(HandlerMask.Disconnect, (object)null, static (prev, _) => prev._handler.DisconnectAsync(prev))
        : CloseAsync();

    public Task CloseAsync() => Operate(HandlerMask.Close, (object)null, static (prev, _) => prev.InvokeClose());

    public Task DeregisterAsync() => Operate(HandlerMask.Deregister, (object)null, static (prev, _) => prev._handler.DeregisterAsync(prev));

    /// <summary>Calls the handler by the one of the two ways it knows.</summary>
    internal void InvokeWrite(object message)
    {
        try
        {
            if ((_handlerMask & (HandlerMask.Write | HandlerMask.WriteAsync)) == HandlerMask.WriteAsync)
            {
                WriteOutcome.Observe(_handler.WriteAsync(this, message), this);
            }
            else if (AdapterOrNull is { } adapter)
            {
                adapter.Write(this, message);
            }
            else
            {
                _handler.Write(this, message);
            }
        }
        catch (Exception fault)
        {
            WriteOutcome.Fail(this, fault);
        }
    }

    internal Task InvokeWriteAsync(object message)
    {
        try
        {
            return AdapterOrNull is { } adapter ? adapter.WriteAsync(this, message) : _handler.WriteAsync(this, message);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    internal void InvokeFlush()
    {
        try
        {
            if (AdapterOrNull is { } adapter)
            {
                adapter.Flush(this);
            }
            else
            {
                _handler.Flush(this);
            }
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeRead()
    {
        try
        {
            if (AdapterOrNull is { } adapter)
            {
                adapter.Read(this);
            }
            else
            {
                _handler.Read(this);
            }
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    // A handler may put a close off, but not prevent it by a fault: the connection would live for ever.
    private Task InvokeClose()
    {
        Task close = InvokeOperation(static (context, _) => context._handler.CloseAsync(context), (object)null);
        if (close.IsFaulted && Channel.Active)
        {
            _ = CloseAsync();
        }

        return close;
    }

    private Task Operate<TState>(int bit, TState state, Func<ChannelHandlerContext, TState, Task> operation)
    {
        ChannelHandlerContext prev = FindOutbound(bit);
        return prev.InExecutor ? prev.InvokeOperation(operation, state) : prev.QueueOperation(bit, state, operation);
    }

    private Task InvokeOperation<TState>(Func<ChannelHandlerContext, TState, Task> operation, TState state)
    {
        try
        {
            return operation(this, state);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    private Task<int> QueueOperation<TState>(int bit, TState state, Func<ChannelHandlerContext, TState, Task> operation)
    {
        var promise = new DotNetty.Common.Concurrency.TaskCompletionSource();
        try
        {
            Executor.Execute(() => (Arrived() ? InvokeOperation(operation, state) : Operate(bit, state, operation)).LinkOutcome(promise));
        }
        catch (RejectedExecutionException fault)
        {
            promise.TrySetException(fault);
        }

        return promise.Task;
    }
}
