#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Streams;

/// <summary>
/// Sends each <see cref="IChunkedInput{T}"/> piece by piece, reading the next one only while the channel is writable: what waits in the transport
/// never exceeds its high-water mark by more than a piece. Messages written behind an input follow it; all others pass.
/// </summary>
/// <remarks>
/// The task of an input's write ends once, when its last piece was sent. An input that fails in the middle leaves a torn stream: it fails all
/// that waits behind it too, and whoever wrote it decides about the channel (a write without a task closes it).
/// </remarks>
public class ChunkedWriteHandler<T> : ChannelDuplexHandler
{
    // Then other channels have their turn, however fast the peer is.
    private const int MostChunksATurn = 256;
    private const int KeptCapacity = 16;

    private readonly Queue<WaitingWrite<T>> _queue = new();
    private volatile IChannelHandlerContext _context;
    private int _flushed;
    private bool _pumping;
    private bool _later;

    public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        FailAll(context.Channel.Open
            ? new InvalidOperationException($"The {nameof(ChunkedWriteHandler<>)} was removed before this was sent.")
            : new ClosedChannelException());
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        FailAll(new ClosedChannelException());
        context.FireChannelInactive();
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (PassesBy(message))
        {
            return context.WriteAsync(message);
        }

        var promise = new TaskCompletionSource();
        Enqueue(context, message, promise);
        return promise.Task;
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (PassesBy(message))
        {
            context.Write(message);
        }
        else
        {
            Enqueue(context, message, null);
        }
    }

    public override void Flush(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _flushed = _queue.Count;
        if (!Pump(context))
        {
            context.Flush();
        }
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Pump(context);
        context.FireChannelWritabilityChanged();
    }

    /// <summary>Goes on with an input that had no piece to give and has one now. Any thread.</summary>
    public void ResumeTransfer()
    {
        if (_context is not { } context)
        {
            return;
        }

        if (context.Executor.InEventLoop && !_pumping)
        {
            Pump(context);
        }
        else
        {
            PumpLater(context);
        }
    }

    private bool PassesBy(object message) => _queue.Count == 0 && message is not IChunkedInput<T>;

    private void Enqueue(IChannelHandlerContext context, object message, TaskCompletionSource promise)
    {
        var write = new WaitingWrite<T>(context, message, promise);
        if (context.Channel.Open && !context.Removed)
        {
            _queue.Enqueue(write);
        }
        else
        {
            write.Fail(new ClosedChannelException());
        }
    }

    /// <returns>True when it has flushed.</returns>
    private bool Pump(IChannelHandlerContext context)
    {
        if (_pumping)
        {
            return false;
        }

        _pumping = true;
        try
        {
            return PumpTurn(context);
        }
        finally
        {
            _pumping = false;
        }
    }

    // A flush may make the channel writable again at once, and tells so in the middle of this loop.
    private bool PumpTurn(IChannelHandlerContext context)
    {
        bool flushed = false;
        int chunks = 0;
        while (WriteSome(context, ref chunks))
        {
            flushed = true;
            context.Flush();
        }

        if (chunks >= MostChunksATurn)
        {
            PumpLater(context);
        }

        return flushed;
    }

    /// <returns>True when anything was written.</returns>
    private bool WriteSome(IChannelHandlerContext context, ref int chunks)
    {
        bool any = false;
        while (_flushed > 0 && chunks < MostChunksATurn && WriteNext(context, ref chunks))
        {
            any = true;
        }

        return any;
    }

    /// <returns>False when the first of the queue has to wait.</returns>
    private bool WriteNext(IChannelHandlerContext context, ref int chunks)
    {
        WaitingWrite<T> first = _queue.Peek();
        if (first.Input is null)
        {
            Dequeue();
            first.PassOn();
            return true;
        }

        if (!context.Channel.IsWritable)
        {
            return false;
        }

        chunks++;
        return WriteChunk(context, first);
    }

    private bool WriteChunk(IChannelHandlerContext context, WaitingWrite<T> write)
    {
        object chunk;
        bool last;
        try
        {
            chunk = write.Input.ReadChunk(context.Allocator);
            last = write.Input.IsEndOfInput;
        }
        catch (Exception fault)
        {
            FailFrom(write, fault);
            return false;
        }

        if (write.HasEnded)
        {
            // The input itself took the handler away.
            ReferenceCountUtil.Release(chunk);
            return false;
        }

        if (chunk is null && !last)
        {
            return false;
        }

        if (last)
        {
            Dequeue();
        }

        // An end without a piece still takes its place in the order of writes.
        write.Send(chunk ?? Unpooled.Empty, last, FailFrom);
        return true;
    }

    private void Dequeue()
    {
        _queue.Dequeue();
        _flushed--;
        if (_queue.Count == 0 && _queue.Capacity > KeptCapacity)
        {
            _queue.TrimExcess(KeptCapacity);
        }
    }

    // What stands behind a torn input would be read as a part of it.
    private void FailFrom(WaitingWrite<T> write, Exception cause)
    {
        write.Fail(cause);
        FailAll(cause);
    }

    private void FailAll(Exception cause)
    {
        // Taken out before the first one fails: who hears of it may write again.
        WaitingWrite<T>[] writes = [.. _queue];
        _queue.Clear();
        _flushed = 0;
        foreach (WaitingWrite<T> write in writes)
        {
            write.Fail(cause);
        }
    }

    private void PumpLater(IChannelHandlerContext context)
    {
        if (Interlocked.Exchange(ref _later, true))
        {
            return;
        }

        try
        {
            context.Executor.Execute(static (handler, context) => ((ChunkedWriteHandler<T>)handler).PumpNow((IChannelHandlerContext)context), this, context);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and what waits has failed with the channel.
        }
    }

    private void PumpNow(IChannelHandlerContext context)
    {
        Volatile.Write(ref _later, false);
        Pump(context);
    }
}
