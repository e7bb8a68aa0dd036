#nullable disable
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>
/// A <see cref="PendingWriteQueue"/> that keeps messages in batches: what came one after the other and fits into <c>maxSize</c> bytes is looked
/// at and removed together. Every message has a task of its own. On the handler's executor only.
/// </summary>
public sealed class BatchingPendingWriteQueue
{
    private readonly IChannelHandlerContext _context;
    private readonly PendingWriteAccount _account;
    private readonly int _maxSize;
    private readonly Queue<Batch> _batches = new();
    private Batch _last;

    /// <summary>Makes an empty queue; a message larger than <paramref name="maxSize"/> bytes is a batch of its own.</summary>
    public BatchingPendingWriteQueue(IChannelHandlerContext ctx, int maxSize)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSize, 1);
        _context = ctx;
        _account = new PendingWriteAccount(ctx.Channel);
        _maxSize = maxSize;
    }

    public bool IsEmpty => _batches.Count == 0;

    /// <summary>The number of batches.</summary>
    public int Size => _batches.Count;

    /// <summary>The messages of the oldest batch, or null.</summary>
    public List<object> Current => _batches.TryPeek(out Batch first) ? first.Messages : null;

    /// <summary>The bytes of the oldest batch, or null.</summary>
    public long? CurrentSize => _batches.TryPeek(out Batch first) ? first.Size : null;

    /// <inheritdoc cref="PendingWriteQueue.Add"/>
    public Task Add(object msg)
    {
        ArgumentNullException.ThrowIfNull(msg);
        int size = _account.SizeOf(msg);
        if (_batches.Count == 0 || _last.Size + size > _maxSize)
        {
            _last = new Batch();
            _batches.Enqueue(_last);
        }

        Task write = _last.Add(msg, size);
        _account.Add(size);
        return write;
    }

    /// <summary>Releases the messages of the oldest batch.</summary>
    /// <returns>One promise for all of them, which is the caller's from then on; null when there is none.</returns>
    public TaskCompletionSource Remove()
    {
        if (!_batches.TryDequeue(out Batch batch))
        {
            return null;
        }

        Drop(batch);
        return batch.CommonPromise();
    }

    /// <summary>Fails the oldest batch and releases its messages.</summary>
    public void RemoveAndFail(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        if (_batches.TryDequeue(out Batch batch))
        {
            Drop(batch);
            batch.Promises.ForEach(promise => promise.TrySetException(cause));
        }
    }

    /// <inheritdoc cref="PendingWriteQueue.RemoveAndFailAll"/>
    public void RemoveAndFailAll(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        for (int left = _batches.Count; left > 0; left--)
        {
            RemoveAndFail(cause);
        }
    }

    /// <summary>Passes the messages of the oldest batch on, one by one.</summary>
    /// <returns>A task that ends when all their writes have; a completed one when there are none.</returns>
    public Task RemoveAndWriteAsync()
    {
        if (!_batches.TryDequeue(out Batch batch))
        {
            return TaskEx.Completed;
        }

        Task write = Write(batch);
        _account.Judge();
        return write;
    }

    /// <inheritdoc cref="PendingWriteQueue.RemoveAndWriteAllAsync"/>
    public Task RemoveAndWriteAllAsync()
    {
        if (IsEmpty)
        {
            return TaskEx.Completed;
        }

        var writes = new List<Task>(_batches.Count);
        while (_batches.TryDequeue(out Batch batch))
        {
            writes.Add(Write(batch));
        }

        _account.Judge();
        return writes.Count == 1 ? writes[0] : Task.WhenAll(writes);
    }

    private void Drop(Batch batch)
    {
        batch.Messages.ForEach(ReferenceCountUtil.SafeRelease);
        _account.Remove(batch.Size);
    }

    private Task Write(Batch batch)
    {
        _account.PassOn(batch.Size);
        for (int i = 0; i < batch.Messages.Count; i++)
        {
            _context.WriteAsync(batch.Messages[i]).LinkOutcome(batch.Promises[i]);
        }

        return batch.Promises.Count == 1 ? batch.Promises[0].Task : Task.WhenAll(batch.Promises.Select(static promise => promise.Task));
    }

    private sealed class Batch
    {
        public List<object> Messages { get; } = [];

        public List<TaskCompletionSource> Promises { get; } = [];

        public long Size { get; private set; }

        public Task<int> Add(object message, int size)
        {
            var promise = new TaskCompletionSource();
            Messages.Add(message);
            Promises.Add(promise);
            Size += size;
            return promise.Task;
        }

        public TaskCompletionSource CommonPromise()
        {
            if (Promises.Count == 1)
            {
                return Promises[0];
            }

            var common = new TaskCompletionSource();
            Promises.ForEach(promise => ((Task)common.Task).LinkOutcome(promise));
            return common;
        }
    }
}
