namespace EsockdNetty.Connections;

/// <summary>One who waits until the number of connections fulfils a condition.</summary>
internal sealed class ConnectionCountWait(LiveConnections live, Predicate<int> condition) : IConnectionCountWatcher
{
    private readonly TaskCompletionSource _fulfilled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Begin(CancellationToken cancellation)
    {
        live.Watch(this);
        try
        {
            await _fulfilled.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            live.Unwatch(this);
        }
    }

    public void OnCount(int count)
    {
        try
        {
            if (condition(count))
            {
                _fulfilled.TrySetResult();
            }
        }
        catch (Exception fault)
        {
            // The condition is the caller's, who learns of it; the connection that came or went has nothing to do with it.
            _fulfilled.TrySetException(fault);
        }
    }
}
