using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// The connections of a listener that were accepted and are not admitted yet: their header or handshake is not done. Over the limit the oldest is
/// reset, so that clients who connect and stay silent cannot hold the door. Any thread; every operation takes the same short time.
/// </summary>
public sealed class PendingConnections
{
    private readonly Lock _gate = new();
    private readonly ListenerCounters? _counters;
    private Entry? _oldest;
    private Entry? _newest;
    private int _limit;
    private int _count;

    /// <summary>At most <paramref name="limit"/> pending connections, counted into <paramref name="counters"/> where there are some.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public PendingConnections(int limit, ListenerCounters? counters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
        _counters = counters;
    }

    /// <summary>Pending connections over which the oldest is reset, at least 1. A change holds at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _limit, value);
            ResetExcess();
        }
    }

    /// <summary>Connections pending now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a connection as pending until it is removed or closed. On its loop.</summary>
    public void Add(IChannel channel)
    {
        // Made before others can find the connection here: two who ask for its lease for the first time would each make one.
        ConnectionLease lease = ConnectionLease.Of(channel);
        var entry = new Entry(this, channel);
        lock (_gate)
        {
            Link(entry);
        }

        lease.Add(entry);
        ResetExcess();
    }

    /// <summary>Admits a connection.</summary>
    /// <returns>False when it is not pending any more: it is closed, or chosen to be reset.</returns>
    public bool Remove(IChannel channel)
    {
        // Out of the lease too: a connection that lives long shall not keep what it needed to begin.
        Entry? entry = ConnectionLease.Of(channel).TryTake<Entry>(static (entry, owner) => entry.Owner == owner, this);
        return entry is not null && Leave(entry);
    }

    private bool Leave(Entry entry)
    {
        lock (_gate)
        {
            return Unlink(entry);
        }
    }

    private void ResetExcess()
    {
        while (TakeExcess() is { } excess)
        {
            excess.Channel.ResetBecause(CloseReason.PendingOverflow);
        }
    }

    private Entry? TakeExcess()
    {
        lock (_gate)
        {
            return _count > _limit && _oldest is { } oldest && Unlink(oldest) ? oldest : null;
        }
    }

    private void Link(Entry entry)
    {
        entry.Linked = true;
        entry.Older = _newest;
        if (_newest is null)
        {
            _oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        Volatile.Write(ref _count, _count + 1);
        _counters?.PendingEntered();
    }

    private bool Unlink(Entry entry)
    {
        if (!entry.Linked)
        {
            return false;
        }

        entry.Linked = false;
        (entry.Older is null ? ref _oldest : ref entry.Older.Newer) = entry.Newer;
        (entry.Newer is null ? ref _newest : ref entry.Newer.Older) = entry.Older;
        entry.Older = null;
        entry.Newer = null;
        Volatile.Write(ref _count, _count - 1);
        _counters?.PendingLeft();
        return true;
    }

    /// <summary>One pending connection's place in the list, which its lease gives back.</summary>
    private sealed class Entry(PendingConnections owner, IChannel channel) : IPermitSource
    {
        public Entry? Older;
        public Entry? Newer;
        public bool Linked;

        public PendingConnections Owner => owner;

        public IChannel Channel => channel;

        public void Release() => owner.Leave(this);
    }
}
