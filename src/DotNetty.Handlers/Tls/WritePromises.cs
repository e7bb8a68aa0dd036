using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>The promises of messages that left in one piece of ciphertext; each is told what became of that.</summary>
internal struct WritePromises
{
    private Promise? _first;
    private List<Promise>? _more;

    public readonly bool IsEmpty => _first == null;

    public void Add(Promise? promise)
    {
        if (promise == null)
        {
            return;
        }

        if (_first == null)
        {
            _first = promise;
        }
        else
        {
            (_more ??= []).Add(promise);
        }
    }

    /// <summary>Hands the outcome of <paramref name="write"/> to every promise, in the order of their writes.</summary>
    public readonly void Link(Task write)
    {
        WritePromises promises = this;
        if (write.IsCompleted)
        {
            promises.Tell(write);
        }
        else
        {
            _ = write.ContinueWith(done => promises.Tell(done), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public readonly void Fail(Exception cause)
    {
        _first?.TrySetException(cause);
        _more?.ForEach(promise => promise.TrySetException(cause));
    }

    private readonly void Tell(Task write)
    {
        if (!write.IsCompletedSuccessfully)
        {
            Fail(write.Exception?.InnerException ?? new TaskCanceledException(write));
            return;
        }

        _first?.TryComplete();
        _more?.ForEach(static promise => promise.TryComplete());
    }
}
