using System.Collections.Concurrent;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// The connections of one listener that are not closed to the end, their exact number, and those who watch it. One that was closed before it had an
/// account is counted here: whoever was accepted ends in the counts, too. Any thread.
/// </summary>
internal sealed class LiveConnections(ListenerCounters counters) : ICloseListener
{
    private readonly ConcurrentDictionary<IChannel, bool> _channels = new();
    private readonly Lock _watching = new();
    private IConnectionCountWatcher[] _watchers = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyCollection<IChannel> All => (IReadOnlyCollection<IChannel>)_channels.Keys;

    public IEnumerable<Connection> Connections => _channels.Select(static entry => Connection.Of(entry.Key));

    /// <summary>Keeps a connection until it is closed to the end.</summary>
    public void Add(IChannel channel)
    {
        _channels[channel] = true;
        Interlocked.Increment(ref _count);
        ConnectionLease.Of(channel).Add(this);
        Tell();
    }

    public void OnClosed(IChannel channel)
    {
        if (_channels.TryRemove(channel, out _))
        {
            CountIfUnopened(ConnectionLease.Of(channel));
            Interlocked.Decrement(ref _count);
            Tell();
        }
    }

    /// <summary>Has <paramref name="watcher"/> told of every change from now on, and of the number there is.</summary>
    public void Watch(IConnectionCountWatcher watcher)
    {
        lock (_watching)
        {
            _watchers = [.. _watchers, watcher];
        }

        // After it stands in the list: a change made meanwhile is seen here or told there, maybe both.
        watcher.OnCount(Count);
    }

    public void Unwatch(IConnectionCountWatcher watcher)
    {
        lock (_watching)
        {
            _watchers = [.. _watchers.Where(other => other != watcher)];
        }
    }

    /// <summary>Completes when there is none; for a listener that accepts no more.</summary>
    public Task WhenEmpty() => When(static count => count == 0, CancellationToken.None);

    /// <summary>Completes when their number fulfils a condition.</summary>
    public Task When(Predicate<int> condition, CancellationToken cancellation) => new ConnectionCountWait(this, condition).Begin(cancellation);

    private void CountIfUnopened(ConnectionLease lease)
    {
        if (lease.TryOpenAccount())
        {
            lease.TrySetCloseReason(CloseReason.Reset);
            counters.ConnectionOpened();
            counters.ConnectionClosed(lease.CloseReason!.Value, default);
        }
    }

    private void Tell()
    {
        foreach (IConnectionCountWatcher watcher in Volatile.Read(ref _watchers))
        {
            watcher.OnCount(Count);
        }
    }
}
