#nullable disable
using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>The members of a group. Any thread may add, remove, look and enumerate at any time; an enumeration shows what it finds on its way.</summary>
public partial class DefaultChannelGroup : IChannelGroup
{
    private static int _groups;

    private readonly ConcurrentDictionary<IChannelId, IChannel> _servers = new();
    private readonly ConcurrentDictionary<IChannelId, IChannel> _connections = new();

    /// <inheritdoc cref="DefaultChannelGroup(string, IEventExecutor)"/>
    public DefaultChannelGroup(IEventExecutor executor)
        : this($"group-{Interlocked.Increment(ref _groups)}", executor)
    {
    }

    /// <summary>
    /// Makes an empty group. Its tasks end where the last member's does, and whoever awaits them goes on where he was: the executor is not
    /// needed and may be null.
    /// </summary>
    public DefaultChannelGroup(string name, IEventExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(name);
        _ = executor;
        Name = name;
    }

    public string Name { get; }

    public bool IsEmpty => _connections.IsEmpty && _servers.IsEmpty;

    public int Count => _connections.Count + _servers.Count;

    public bool IsReadOnly => false;

    /// <returns>False when it is a member already.</returns>
    public bool Add(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (!PlaceOf(channel).TryAdd(channel.Id, channel))
        {
            return false;
        }

        GroupMemberships memberships = GroupMemberships.Of(channel);
        if (!memberships.Join(this))
        {
            // Closed already, or just now: nobody else would take it out.
            Forget(channel);
        }
        else if (!Contains(channel))
        {
            // Removed by another thread before it had joined.
            memberships.Leave(this);
        }

        return true;
    }

    void ICollection<IChannel>.Add(IChannel item) => Add(item);

    public bool Remove(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (!Forget(channel))
        {
            return false;
        }

        GroupMemberships.Of(channel).Leave(this);
        return true;
    }

    public bool Remove(IChannelId channelId) => Find(channelId) is { } channel && Remove(channel);

    /// <summary>Removes a channel, or the one with that id.</summary>
    public bool Remove(object o) => o switch
    {
        IChannelId id => Remove(id),
        IChannel channel => Remove(channel),
        _ => false,
    };

    public void Clear()
    {
        foreach (IChannel channel in this)
        {
            Remove(channel);
        }
    }

    public bool Contains(IChannel item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return PlaceOf(item).TryGetValue(item.Id, out IChannel member) && ReferenceEquals(member, item);
    }

    public IChannel Find(IChannelId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _connections.TryGetValue(id, out IChannel connection) ? connection : _servers.GetValueOrDefault(id);
    }

    public IChannel[] ToArray() => [.. Members(_servers), .. Members(_connections)];

    public void CopyTo(IChannel[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        ToArray().CopyTo(array, arrayIndex);
    }

    /// <summary>The members that accept connections, then the others.</summary>
    public IEnumerator<IChannel> GetEnumerator() =>
        new CombinedEnumerator<IChannel>(Members(_servers).GetEnumerator(), Members(_connections).GetEnumerator());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int CompareTo(IChannelGroup other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }

        int byName = string.CompareOrdinal(Name, other?.Name);
        return byName != 0 ? byName : RuntimeHelpers.GetHashCode(this).CompareTo(RuntimeHelpers.GetHashCode(other));
    }

    public override string ToString() => $"{StringUtil.SimpleClassName(this)}(name: {Name}, size: {Count})";

    /// <summary>Takes a member out that is closed.</summary>
    internal bool Forget(IChannel channel) => PlaceOf(channel).TryRemove(KeyValuePair.Create(channel.Id, channel));

    private ConcurrentDictionary<IChannelId, IChannel> PlaceOf(IChannel channel) => channel is IServerChannel ? _servers : _connections;

    // Not its Values, which would copy them all under every lock.
    private static IEnumerable<IChannel> Members(ConcurrentDictionary<IChannelId, IChannel> place)
    {
        foreach (KeyValuePair<IChannelId, IChannel> member in place)
        {
            yield return member.Value;
        }
    }
}
