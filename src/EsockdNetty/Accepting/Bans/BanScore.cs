using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Accepting.Bans;

/// <summary>
/// Counts what clients do wrong and bans those with too many points: <see cref="BanOptions.Threshold"/> of them within
/// <see cref="BanOptions.Window"/> of the first. Remembers some 65,536 clients in 4 MiB; beyond, those with the fewest points are forgotten
/// first. Several listeners may share one. Any thread.
/// </summary>
public sealed class BanScore
{
    private readonly Lock _gate = new();
    private readonly BanList _bans;
    private readonly MonotonicClock _clock;
    private volatile BanOptions _options;
    private AddressTable? _table;

    /// <summary>Bans into <paramref name="bans"/> by these options, of which it takes a copy.</summary>
    /// <exception cref="ListenerOptionsException">The options are wrong.</exception>
    public BanScore(BanList bans, BanOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(bans);
        _bans = bans;
        _options = Checked(options);
        _clock = new MonotonicClock(time ?? TimeProvider.System);
    }

    /// <summary>Called with whom it bans, for what, where that happens: must not wait.</summary>
    internal Action<ClientAddress, Abuse>? Banned { get; init; }

    /// <summary>Goes by other options from now on; points stay. <see cref="BanOptions.NeverBan"/> and the prefix are the list's.</summary>
    /// <exception cref="ListenerOptionsException">The options are wrong; the earlier ones hold.</exception>
    public void Change(BanOptions options) => _options = Checked(options);

    /// <summary>Gives a client the points for what it did, and bans it when it has too many. Who has no address or is never banned gets none.</summary>
    /// <returns>True when this has banned it.</returns>
    public bool Report(ClientAddress client, Abuse abuse)
    {
        BanOptions options = _options;
        bool banned = options.PointsFor(abuse) is { } points && client.IsIP && !_bans.IsNeverBanned(client)
            && Count(client.Block(_bans.IPv6Prefix).Prefix, points, options)
            && _bans.Ban(client, options.Duration, WordsFor(abuse));
        if (banned)
        {
            Banned?.Invoke(client, abuse);
        }

        return banned;
    }

    internal static string WordsFor(Abuse abuse) => abuse switch
    {
        Abuse.BadFraming => "bad framing",
        Abuse.FailedHandshake => "failed handshakes",
        Abuse.Denied => "denied and came again",
        _ => "connected too fast",
    };

    private static BanOptions Checked(BanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new OptionFaults("Options");
        options.Validate(faults);
        return faults.All.Count == 0 ? options.Copy() : throw new ListenerOptionsException(faults.All);
    }

    // True when the threshold is reached; the client begins at zero then.
    private bool Count(AddressKey address, int points, BanOptions options)
    {
        long now = _clock.Ticks;
        lock (_gate)
        {
            _table ??= new AddressTable();
            ref AddressTable.Entry entry = ref _table.Of(address, now);
            if (entry.Count == 0)
            {
                entry.Until = now + options.Window.Ticks;
            }

            entry.Count += points;
            bool reached = entry.Count >= options.Threshold;
            if (reached)
            {
                entry = default;
            }

            return reached;
        }
    }
}
