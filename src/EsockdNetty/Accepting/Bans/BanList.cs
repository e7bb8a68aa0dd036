using System.Net;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Accepting.Bans;

/// <summary>
/// Who is banned, and until when: by call, or by a <see cref="BanScore"/>. At most 65,536; beyond, the one that would end first leaves. A ban
/// keeps its client from connecting and leaves the connections it has. Several listeners may share one. Any thread.
/// </summary>
public sealed class BanList
{
    /// <summary>The most bans at a time.</summary>
    public const int Capacity = 65_536;

    // Many bans may end at one moment: who connects then shall not pay for all of them.
    private const int SweptAtOnce = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressBlock, BanEntry> _bans = [];
    private readonly PrefixLengths _lengths = new();
    private readonly ExpiryHeap _byExpiry = new();
    private readonly MonotonicClock _clock;
    private volatile AddressBlock[] _neverBan = [];
    private volatile bool _isEmpty = true;

    /// <summary>No ban yet; an IPv6 client is banned with its prefix of 1 to 128 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another prefix.</exception>
    public BanList(int ipv6Prefix = ClientAddress.DefaultIPv6Prefix, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ipv6Prefix, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipv6Prefix, AddressKey.Bits);
        IPv6Prefix = ipv6Prefix;
        _clock = new MonotonicClock(time ?? TimeProvider.System);
    }

    /// <summary>How long the prefix is with which an IPv6 client is banned.</summary>
    public int IPv6Prefix { get; }

    /// <summary>Blocks nobody of which is ever banned, also where a larger block around them is. A change holds at once. Default: none.</summary>
    public IReadOnlyList<IPNetwork> NeverBan
    {
        get => [.. _neverBan.Select(static block => block.ToNetwork())];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _neverBan = [.. value.Select(AddressBlock.Of)];
        }
    }

    /// <summary>True when nobody is banned, so that nobody needs to be asked about.</summary>
    public bool IsEmpty => _isEmpty;

    /// <summary>Bans a client: its IPv4 address or IPv6 prefix. Of two bans of the same client the one that ends later holds.</summary>
    /// <returns>False when it has no address, or is never banned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not above zero.</exception>
    public bool Ban(ClientAddress client, TimeSpan duration, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(reason);
        if (!client.IsIP || IsNeverBanned(client))
        {
            return false;
        }

        Keep(client.Block(IPv6Prefix), duration, reason);
        return true;
    }

    /// <summary>Bans everybody in a block but those who are never banned. Of two bans of the same block the one that ends later holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not above zero.</exception>
    public void Ban(IPNetwork block, TimeSpan duration, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(reason);
        Keep(AddressBlock.Of(block), duration, reason);
    }

    /// <summary>Ends a client's own ban; not that of a larger block it lies in.</summary>
    /// <returns>False when it was not banned.</returns>
    public bool Lift(ClientAddress client) => client.IsIP && Drop(client.Block(IPv6Prefix));

    /// <summary>Ends the ban of exactly this block.</summary>
    /// <returns>False when it was not banned.</returns>
    public bool Lift(IPNetwork block) => Drop(AddressBlock.Of(block));

    /// <summary>The bans in force, the first to end first.</summary>
    public IReadOnlyList<Ban> List()
    {
        BanEntry[] bans;
        lock (_gate)
        {
            bans = [.. _bans.Values];
        }

        long now = _clock.Ticks;
        return [.. bans.Where(ban => ban.Expiry > now).OrderBy(static ban => ban.Expiry).Select(ban => ToBan(ban, now))];
    }

    /// <summary>True while a client, or a block it lies in, is banned.</summary>
    public bool IsBanned(ClientAddress client) =>
        !_isEmpty && client.IsIP && IsInBannedBlock(client.Key) && !IsNeverBanned(client);

    /// <summary>True when nothing bans this client.</summary>
    internal bool IsNeverBanned(ClientAddress client)
    {
        foreach (AddressBlock block in _neverBan)
        {
            if (block.Contains(client.Key))
            {
                return true;
            }
        }

        return false;
    }

    private static Ban ToBan(BanEntry ban, long now) => new(ban.Block.ToNetwork(), TimeSpan.FromTicks(ban.Expiry - now), ban.Reason);

    private bool IsInBannedBlock(AddressKey client)
    {
        int shortest = client.IsIPv4 ? AddressKey.IPv4Prefix : 0;
        long now = _clock.Ticks;
        lock (_gate)
        {
            Sweep(now);
            foreach (byte length in _lengths.Present)
            {
                if (length >= shortest && _bans.TryGetValue(new AddressBlock(client, length), out BanEntry? ban) && ban.Expiry > now)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Keep(AddressBlock block, TimeSpan duration, string reason)
    {
        long now = _clock.Ticks;
        var ban = new BanEntry(block, duration.Ticks < long.MaxValue - now ? now + duration.Ticks : long.MaxValue, reason);
        lock (_gate)
        {
            Sweep(now);
            if (_bans.TryGetValue(block, out BanEntry? earlier))
            {
                if (earlier.Expiry > ban.Expiry)
                {
                    return;
                }

                Remove(earlier);
            }
            else if (_bans.Count == Capacity)
            {
                Remove(_byExpiry.First!);
            }

            Add(ban);
        }
    }

    private bool Drop(AddressBlock block)
    {
        long now = _clock.Ticks;
        lock (_gate)
        {
            if (!_bans.TryGetValue(block, out BanEntry? ban))
            {
                return false;
            }

            Remove(ban);
            return ban.Expiry > now;
        }
    }

    private void Sweep(long now)
    {
        for (int i = 0; i < SweptAtOnce && _byExpiry.First is { } first && first.Expiry <= now; i++)
        {
            Remove(first);
        }
    }

    private void Add(BanEntry ban)
    {
        _bans.Add(ban.Block, ban);
        _lengths.Add(ban.Block.Length);
        _byExpiry.Add(ban);
        _isEmpty = false;
    }

    private void Remove(BanEntry ban)
    {
        _bans.Remove(ban.Block);
        _lengths.Remove(ban.Block.Length);
        _byExpiry.Remove(ban);
        _isEmpty = _bans.Count == 0;
    }
}
