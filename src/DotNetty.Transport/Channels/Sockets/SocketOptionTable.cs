using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>Which options of a channel the system keeps with its socket: the one definition for all transports. Raw ones are in every table.</summary>
internal sealed class SocketOptionTable
{
    private const int LevelIp = 0;
    private const int LevelTcp = 6;
    private const int LevelIPv6 = 41;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    // MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL; MAX_TCP_KEEPCNT is 127.
    private static readonly TimeSpan LongestKeepalive = TimeSpan.FromSeconds(32767);
    private const int MostProbes = 127;

    // 255 retransmissions, the most the system counts to: 127 s for the first seven, then one every 120 s.
    private static readonly TimeSpan LongestDeferral = TimeSpan.FromSeconds(29_887);

    // The two low bits are those of explicit congestion notification, which TCP sets by itself and the system therefore masks.
    private const int CongestionBits = 3;

    private static readonly ConcurrentDictionary<ChannelOption, SocketOption> Raw = new();

    private static readonly NumberSocketOption<int> IpTtl = new(
        ChannelOption.IpTtl,
        new(LevelIp, 2) { Elsewhere = (SocketOptionLevel.IP, SocketOptionName.IpTimeToLive) },
        static hops => SocketOptionRange.Check(ChannelOption.IpTtl, hops, 1, 255),
        static hops => hops)
    {
        Protocol = "IP",
        OnIPv6 = new(LevelIPv6, 16) { Elsewhere = (SocketOptionLevel.IPv6, SocketOptionName.IpTimeToLive) },
    };

    private static readonly NumberSocketOption<int> IpTos = new(ChannelOption.IpTos, new(LevelIp, 1), CheckTos, static service => service)
    {
        Protocol = "IP",
        OnIPv6 = new(LevelIPv6, 67),
    };

    private static readonly NumberSocketOption<bool> Ip6V6Only = new(
        ChannelOption.Ip6V6Only,
        new(LevelIPv6, 26) { Elsewhere = (SocketOptionLevel.IPv6, SocketOptionName.IPv6Only) },
        static on => on ? 1 : 0,
        static number => number != 0)
    {
        Protocol = "IP",
    };

    private readonly FrozenDictionary<ChannelOption, SocketOption> _options;

    private SocketOptionTable(params SocketOption[] options) => _options = options.ToFrozenDictionary(static option => option.Key);

    /// <summary>Those of a stream.</summary>
    public static SocketOptionTable Stream { get; } = new(
        NewDuration(ChannelOption.TcpKeepIdle, 4, Second, Second, LongestKeepalive, SocketOptionName.TcpKeepAliveTime),
        NewDuration(ChannelOption.TcpKeepIntvl, 5, Second, Second, LongestKeepalive, SocketOptionName.TcpKeepAliveInterval),
        NewNumber(ChannelOption.TcpKeepCnt, 6, 1, MostProbes, SocketOptionName.TcpKeepAliveRetryCount),
        NewDuration(ChannelOption.TcpUserTimeout, 18, Millisecond, TimeSpan.Zero, TimeSpan.FromMilliseconds(int.MaxValue)),
        NewSwitch(ChannelOption.TcpQuickAck, 12),
        NewSwitch(ChannelOption.TcpFastopenConnect, 30),
        IpTtl,
        IpTos);

    /// <summary>Those of a listening socket.</summary>
    public static SocketOptionTable Listening { get; } = new(
        NewDuration(ChannelOption.TcpDeferAccept, 9, Second, TimeSpan.Zero, LongestDeferral),
        NewNumber(ChannelOption.TcpFastopen, 23, 0, int.MaxValue),
        Ip6V6Only,
        IpTtl,
        IpTos);

    /// <summary>Those of a datagram socket that have no property of their own.</summary>
    public static SocketOptionTable Datagram { get; } = new(IpTtl);

    /// <summary>Makes a raw option known to every table.</summary>
    public static void AddRaw(SocketOption option) => Raw.TryAdd(option.Key, option);

    /// <returns>False when the channel has no such option.</returns>
    public bool TryGet<T>(IOptionSocket socket, ChannelOption<T> option, out T value)
    {
        if (Find(option) is not { } known)
        {
            value = default!;
            return false;
        }

        value = ((SocketOption<T>)known).Get(socket);
        return true;
    }

    /// <returns>False when the channel has no such option.</returns>
    public bool TrySet<T>(IOptionSocket socket, ChannelOption<T> option, T value)
    {
        if (Find(option) is not { } known)
        {
            return false;
        }

        ((SocketOption<T>)known).Set(socket, value);
        return true;
    }

    private SocketOption? Find(ChannelOption option) =>
        _options.TryGetValue(option, out SocketOption? known) || Raw.TryGetValue(option, out known) ? known : null;

    private static NumberSocketOption<TimeSpan> NewDuration(
        ChannelOption<TimeSpan> option, int name, TimeSpan unit, TimeSpan least, TimeSpan most, SocketOptionName? elsewhere = null) =>
        new(option, TcpCode(name, elsewhere), time => SocketOptionRange.Check(option, time, unit, least, most), units => units * unit) { Protocol = "TCP" };

    private static NumberSocketOption<int> NewNumber(ChannelOption<int> option, int name, int least, int most, SocketOptionName? elsewhere = null) =>
        new(option, TcpCode(name, elsewhere), number => SocketOptionRange.Check(option, number, least, most), static number => number) { Protocol = "TCP" };

    private static NumberSocketOption<bool> NewSwitch(ChannelOption<bool> option, int name) =>
        new(option, new SocketOptionCode(LevelTcp, name), static on => on ? 1 : 0, static number => number != 0) { Protocol = "TCP" };

    private static SocketOptionCode TcpCode(int name, SocketOptionName? elsewhere) =>
        new(LevelTcp, name) { Elsewhere = elsewhere is { } known ? (SocketOptionLevel.Tcp, known) : null };

    private static int CheckTos(int service) =>
        service is >= 0 and <= byte.MaxValue && (service & CongestionBits) == 0
            ? service
            : throw new ArgumentOutOfRangeException(
                nameof(service), service, $"{ChannelOption.IpTos} takes the multiples of 4 from 0 to 252: the two low bits belong to TCP.");
}
