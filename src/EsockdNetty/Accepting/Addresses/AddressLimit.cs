using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// How many live connections one client address may have, and how fast it may connect. Live connections are counted exactly, always, so that a
/// limit set later holds for them too; an address without any costs nothing. Rates are remembered for some 65,536 addresses: beyond, those
/// that have used least are forgotten first. Unix peers have no limit. Several gates, also of several listeners, may share one. Any thread.
/// </summary>
public sealed class AddressLimit : IClientPermitSource
{
    // A table of a million addresses grows in many small steps, each under a lock of its own.
    private const int Shards = 64;

    private readonly AddressCounts[] _counts = [.. Enumerable.Range(0, Shards).Select(static _ => new AddressCounts())];
    private readonly MonotonicClock _clock;
    private readonly int _ipv6Prefix;
    private volatile AddressRateLimit? _rate;
    private int _maxConnections = int.MaxValue;

    /// <summary>No limit yet, and IPv6 addresses counted by their prefix of 1 to 128 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another prefix.</exception>
    public AddressLimit(int ipv6Prefix = ClientAddress.DefaultIPv6Prefix, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ipv6Prefix, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipv6Prefix, AddressKey.Bits);
        _ipv6Prefix = ipv6Prefix;
        _clock = new MonotonicClock(time ?? TimeProvider.System);
    }

    /// <summary>Live connections of one address above which it gets no more, at least 1; null: as many as it likes. A change holds at once and keeps the living.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxConnections
    {
        get => Volatile.Read(ref _maxConnections) is var most and < int.MaxValue ? most : null;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            Volatile.Write(ref _maxConnections, value ?? int.MaxValue);
        }
    }

    /// <summary>How fast one address may connect; null: as fast as it likes. With another rate every address begins anew.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 connection, or a period outside 1 ms to a day.</exception>
    public AddressRate? Rate
    {
        get => _rate?.Rate;
        set
        {
            value?.ThrowIfOutOfRange();
            if (value != Rate)
            {
                _rate = value is null ? null : new AddressRateLimit(value);
            }
        }
    }

    /// <summary>Live connections of a client: of its whole prefix where it is IPv6.</summary>
    public int CountOf(ClientAddress client) => client.IsIP ? ShardOf(KeyOf(client), out AddressKey key).CountOf(key) : 0;

    /// <summary>Takes a permit for one more connection of a client, to be given back by <see cref="Release"/> unless it is refused.</summary>
    /// <returns>Why it is refused; null when it may pass.</returns>
    public RefusalReason? TryTake(ClientAddress client)
    {
        if (!client.IsIP)
        {
            return null;
        }

        AddressCounts counts = ShardOf(KeyOf(client), out AddressKey key);
        if (!counts.TryTake(key, Volatile.Read(ref _maxConnections)))
        {
            return RefusalReason.AddressLimit;
        }

        // Spent last: a connection that is refused for another reason costs no token.
        if (_rate is { } rate && !rate.TryTake(key, _clock.Ticks))
        {
            counts.Release(key);
            return RefusalReason.AddressRate;
        }

        return null;
    }

    /// <summary>Gives a client's permit back.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public void Release(ClientAddress client)
    {
        if (client.IsIP)
        {
            ShardOf(KeyOf(client), out AddressKey key).Release(key);
        }
    }

    private AddressKey KeyOf(ClientAddress client) => client.Block(_ipv6Prefix).Prefix;

    private AddressCounts ShardOf(AddressKey key, out AddressKey same)
    {
        same = key;
        return _counts[key.GetHashCode() & (Shards - 1)];
    }
}
