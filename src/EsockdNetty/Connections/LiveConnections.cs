using System.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// The connections of one listener that are not closed to the end, their exact number, and those who watch it. One that was closed before it had an
/// account is counted here: whoever was accepted ends in the counts, too. Any thread.
/// </summary>
internal sealed class LiveConnections(ListenerCounters counters) : ICloseListener
{
    private const int FewestPlaces = 64;

    private readonly Lock _placing = new();
    private readonly Lock _watching = new();

    // Dense, in no order; each lease knows its place. A dictionary would cost an idle connection 55 bytes, this costs it 8 to 16.
    private ConnectionLease?[] _leases = [];
    private IConnectionCountWatcher[] _watchers = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Those there are at the moment it is asked.</summary>
    public IReadOnlyCollection<IChannel> All => [.. Connections.Select(static connection => connection.Channel)];

    /// <summary>Those there are at the moment the first is asked for.</summary>
    public IEnumerable<Connection> Connections
    {
        get
        {
            // Lent: whoever sums up the traffic of a hundred thousand connections each second leaves no large array behind each time.
            ConnectionLease[] leases = Snapshot(out int count);
            try
            {
                for (int i = 0; i < count; i++)
                {
                    yield return Connection.Of(leases[i]);
                }
            }
            finally
            {
                ArrayPool<ConnectionLease>.Shared.Return(leases, clearArray: true);
            }
        }
    }

    /// <summary>Keeps a connection until it is closed to the end.</summary>
    public void Add(IChannel channel)
    {
        ConnectionLease lease = ConnectionLease.Of(channel);
        lock (_placing)
        {
            Place(lease);
        }

        lease.Add(this);
        Tell();
    }

    public void OnClosed(IChannel channel)
    {
        ConnectionLease lease = ConnectionLease.Of(channel);
        CountIfUnopened(lease);
        lock (_placing)
        {
            Remove(lease);
        }

        Tell();
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

    private void Place(ConnectionLease lease)
    {
        if (_count == _leases.Length)
        {
            Array.Resize(ref _leases, Math.Max(FewestPlaces, _count * 2));
        }

        _leases[_count] = lease;
        lease.LivePlace = _count;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The last one takes its place.</summary>
    private void Remove(ConnectionLease lease)
    {
        Volatile.Write(ref _count, _count - 1);
        ConnectionLease last = _leases[_count]!;
        _leases[lease.LivePlace] = last;
        last.LivePlace = lease.LivePlace;
        _leases[_count] = null;
        if (_count < _leases.Length / 4 && _leases.Length > FewestPlaces)
        {
            Array.Resize(ref _leases, _leases.Length / 2);
        }
    }

    private ConnectionLease[] Snapshot(out int count)
    {
        lock (_placing)
        {
            count = _count;
            ConnectionLease[] leases = ArrayPool<ConnectionLease>.Shared.Rent(count);
            Array.Copy(_leases, leases, count);
            return leases;
        }
    }

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
