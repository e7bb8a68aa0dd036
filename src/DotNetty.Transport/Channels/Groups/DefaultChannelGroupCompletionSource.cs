#nullable disable
using System.Collections;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>Ends when the members' tasks have ended: well if all of them did, else with a <see cref="ChannelGroupException"/>.</summary>
public class DefaultChannelGroupCompletionSource : TaskCompletionSource<int>, IChannelGroupTaskCompletionSource
{
    private readonly Dictionary<IChannel, Task> _futures;
    private Dictionary<IChannel, Task>.ValueCollection.Enumerator _enumerator;
    private int _underWay;
    private int _succeeded;
    private int _failed;

    public DefaultChannelGroupCompletionSource(IChannelGroup group, Dictionary<IChannel, Task> futures)
        : this(group, futures, null)
    {
    }

    public DefaultChannelGroupCompletionSource(IChannelGroup group, Dictionary<IChannel, Task> futures, object state)
        : base(state)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(futures);
        Group = group;
        _futures = futures;
        _enumerator = futures.Values.GetEnumerator();
        Watch();
    }

    public IChannelGroup Group { get; }

    public ChannelGroupException Cause => (ChannelGroupException)Task.Exception?.InnerException;

    public Task Current => _enumerator.Current;

    object IEnumerator.Current => Current;

    public Task Find(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return _futures.GetValueOrDefault(channel);
    }

    public bool IsSucess() => Task.IsCompletedSuccessfully;

    public bool IsPartialSucess() => Volatile.Read(ref _succeeded) is var succeeded && succeeded > 0 && succeeded < _futures.Count;

    public bool IsPartialFailure() => Volatile.Read(ref _failed) is var failed && failed > 0 && failed < _futures.Count;

    public bool MoveNext() => _enumerator.MoveNext();

    public void Reset() => _enumerator = _futures.Values.GetEnumerator();

    public void Dispose() => _enumerator.Dispose();

    private void Watch()
    {
        // One more than there are, so that none is the last while others are still to be counted.
        _underWay = _futures.Count + 1;
        foreach (Task future in _futures.Values)
        {
            if (future.IsCompleted)
            {
                Ended(future);
            }
            else
            {
                future.ContinueWith(
                    static (future, source) => ((DefaultChannelGroupCompletionSource)source).Ended(future),
                    this,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }

        OneLess();
    }

    private void Ended(Task future)
    {
        Interlocked.Increment(ref future.IsCompletedSuccessfully ? ref _succeeded : ref _failed);
        OneLess();
    }

    private void OneLess()
    {
        if (Interlocked.Decrement(ref _underWay) > 0)
        {
            return;
        }

        if (_failed == 0)
        {
            TrySetResult(0);
        }
        else
        {
            TrySetException(new ChannelGroupException(Failures()));
        }
    }

    private List<KeyValuePair<IChannel, Exception>> Failures()
    {
        var failures = new List<KeyValuePair<IChannel, Exception>>(_failed);
        foreach ((IChannel channel, Task future) in _futures)
        {
            if (!future.IsCompletedSuccessfully)
            {
                failures.Add(KeyValuePair.Create(channel, future.Exception?.InnerException ?? new TaskCanceledException(future)));
            }
        }

        return failures;
    }
}
