#nullable disable
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>
/// Writes that a handler holds back until it may pass them on, oldest first. Their bytes count as pending on the channel, so that a writer sees
/// the water marks although the transport has got nothing yet. On the handler's executor only.
/// </summary>
public sealed class PendingWriteQueue
{
    private readonly IChannelHandlerContext _context;
    private readonly PendingWriteAccount _account;
    private readonly Queue<Entry> _entries = new();

    public PendingWriteQueue(IChannelHandlerContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        _context = ctx;
        _account = new PendingWriteAccount(ctx.Channel);
    }

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The number of messages.</summary>
    public int Size => _entries.Count;

    /// <summary>The oldest message, or null.</summary>
    public object Current => _entries.TryPeek(out Entry first) ? first.Message : null;

    /// <summary>Takes a message over.</summary>
    /// <returns>A task that ends as the message's write does.</returns>
    public Task Add(object msg)
    {
        ArgumentNullException.ThrowIfNull(msg);
        var entry = new Entry(msg, _account.SizeOf(msg), new TaskCompletionSource());
        _entries.Enqueue(entry);
        _account.Add(entry.Size);
        return entry.Promise.Task;
    }

    /// <summary>Releases the oldest message.</summary>
    /// <returns>Its promise, which is the caller's from then on; null when there is none.</returns>
    public TaskCompletionSource Remove()
    {
        if (!_entries.TryDequeue(out Entry entry))
        {
            return null;
        }

        ReferenceCountUtil.SafeRelease(entry.Message);
        _account.Remove(entry.Size);
        return entry.Promise;
    }

    /// <summary>Fails the oldest message and releases it.</summary>
    public void RemoveAndFail(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        Remove()?.TrySetException(cause);
    }

    /// <summary>Fails the messages of now, oldest first, and releases them; what a failure's continuation adds stays.</summary>
    public void RemoveAndFailAll(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        for (int left = _entries.Count; left > 0; left--)
        {
            RemoveAndFail(cause);
        }
    }

    /// <summary>Passes the oldest message on.</summary>
    /// <returns>The task of its write; a completed one when there is none.</returns>
    public Task RemoveAndWriteAsync()
    {
        if (!_entries.TryDequeue(out Entry entry))
        {
            return TaskEx.Completed;
        }

        Task write = Write(entry);
        _account.Judge();
        return write;
    }

    /// <summary>Passes all messages on, oldest first, those too that are added meanwhile.</summary>
    /// <returns>A task that ends when all their writes have; a completed one when there are none.</returns>
    public Task RemoveAndWriteAllAsync()
    {
        if (IsEmpty)
        {
            return TaskEx.Completed;
        }

        var writes = new List<Task>(_entries.Count);
        while (_entries.TryDequeue(out Entry entry))
        {
            writes.Add(Write(entry));
        }

        _account.Judge();
        return writes.Count == 1 ? writes[0] : Task.WhenAll(writes);
    }

    private Task<int> Write(in Entry entry)
    {
        _account.PassOn(entry.Size);
        _context.WriteAsync(entry.Message).LinkOutcome(entry.Promise);
        return entry.Promise.Task;
    }

    private readonly record struct Entry(object Message, int Size, TaskCompletionSource Promise);
}
