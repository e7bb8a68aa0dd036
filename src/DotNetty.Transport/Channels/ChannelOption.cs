#nullable disable
using System.Net;
using System.Net.NetworkInformation;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>Names an option of a channel; the value's type is the type parameter.</summary>
public abstract class ChannelOption : AbstractConstant<ChannelOption>
{
    private static readonly ChannelOptionPool Pool = new();

    public static readonly ChannelOption<IByteBufferAllocator> Allocator = ValueOf<IByteBufferAllocator>("ALLOCATOR");
    public static readonly ChannelOption<IRecvByteBufAllocator> RcvbufAllocator = ValueOf<IRecvByteBufAllocator>("RCVBUF_ALLOCATOR");
    public static readonly ChannelOption<IMessageSizeEstimator> MessageSizeEstimator = ValueOf<IMessageSizeEstimator>("MESSAGE_SIZE_ESTIMATOR");

    public static readonly ChannelOption<TimeSpan> ConnectTimeout = ValueOf<TimeSpan>("CONNECT_TIMEOUT");
    public static readonly ChannelOption<int> WriteSpinCount = ValueOf<int>("WRITE_SPIN_COUNT");
    public static readonly ChannelOption<int> WriteBufferHighWaterMark = ValueOf<int>("WRITE_BUFFER_HIGH_WATER_MARK");
    public static readonly ChannelOption<int> WriteBufferLowWaterMark = ValueOf<int>("WRITE_BUFFER_LOW_WATER_MARK");

    public static readonly ChannelOption<bool> AllowHalfClosure = ValueOf<bool>("ALLOW_HALF_CLOSURE");
    public static readonly ChannelOption<bool> AutoRead = ValueOf<bool>("AUTO_READ");

    /// <summary>Whether datagrams may go to broadcast addresses (SO_BROADCAST, socket(7)). Datagram sockets. Default: false.</summary>
    public static readonly ChannelOption<bool> SoBroadcast = ValueOf<bool>("SO_BROADCAST");

    /// <summary>
    /// The system probes a connection that has been silent, and ends it when nobody answers (SO_KEEPALIVE, socket(7)): when and how often say
    /// <see cref="TcpKeepIdle"/>, <see cref="TcpKeepIntvl"/> and <see cref="TcpKeepCnt"/>. Streams. Default: false.
    /// </summary>
    public static readonly ChannelOption<bool> SoKeepalive = ValueOf<bool>("SO_KEEPALIVE");

    /// <summary>
    /// Bytes the system may keep that were not sent or not acknowledged yet (SO_SNDBUF, socket(7)). Streams and datagram sockets. Default: the
    /// system's, which grows by itself; one that is set does not. Linux doubles the number for its own bookkeeping, reads the doubled one back,
    /// and goes no higher than net.core.wmem_max.
    /// </summary>
    public static readonly ChannelOption<int> SoSndbuf = ValueOf<int>("SO_SNDBUF");

    /// <summary>
    /// Bytes the system may keep that were not read yet (SO_RCVBUF, socket(7)). Every socket; one that is to be large for accepted connections
    /// is set on the listening one too, since the window is agreed before the accept. Default: the system's, which grows by itself; one that is
    /// set does not. Linux doubles the number for its own bookkeeping, reads the doubled one back, and goes no higher than net.core.rmem_max.
    /// </summary>
    public static readonly ChannelOption<int> SoRcvbuf = ValueOf<int>("SO_RCVBUF");

    /// <summary>A port may be bound again while old connections of it are in TIME_WAIT (SO_REUSEADDR, socket(7)). Every socket. Default: true for listening ones on Unix, else false.</summary>
    public static readonly ChannelOption<bool> SoReuseaddr = ValueOf<bool>("SO_REUSEADDR");

    /// <summary>Several sockets may listen at one address, and the system deals connections out among them (SO_REUSEPORT, socket(7)). Set before the bind, on every one. Default: false.</summary>
    public static readonly ChannelOption<bool> SoReuseport = ValueOf<bool>("SO_REUSEPORT");

    /// <summary>
    /// Whole seconds, to 65535, for which close(2) may wait (SO_LINGER, socket(7)); −1, the default: it does not, and the system delivers by
    /// itself. Streams. It governs the system's close alone, which comes after the channel's own: flush, FIN, reading what the peer still sends.
    /// Zero: what the peer has not got by then is lost, and the connection is reset. Above zero a close would stand still until the peer has
    /// acknowledged everything, and with it the loop: so the channel takes the option back before it closes its socket, and reads it back until then.
    /// </summary>
    public static readonly ChannelOption<int> SoLinger = ValueOf<int>("SO_LINGER");

    /// <summary>Connections the system may hold that were not accepted yet (listen(2)). Listening sockets, before the bind. Default: 1024. Linux goes no higher than net.core.somaxconn.</summary>
    public static readonly ChannelOption<int> SoBacklog = ValueOf<int>("SO_BACKLOG");

    /// <summary>For blocking sockets; no channel here has it.</summary>
    public static readonly ChannelOption<int> SoTimeout = ValueOf<int>("SO_TIMEOUT");

    /// <summary>
    /// The type of service, or on IPv6 the traffic class, of what is sent (IP_TOS, ip(7)): the differentiated services code point in the upper six
    /// bits. Streams, listening sockets (what is sent before the accept) and datagram sockets; on a socket of IPv6 it holds for IPv4 peers too.
    /// 0 to 252 in steps of 4 on TCP, which owns the two low bits; 0 to 255 on datagrams. Default: 0. On TCP Linux only.
    /// </summary>
    public static readonly ChannelOption<int> IpTos = ValueOf<int>("IP_TOS");

    /// <summary>
    /// Hops what is sent may take, 1 to 255 (IP_TTL, ip(7); IPV6_UNICAST_HOPS, ipv6(7)). Streams, listening sockets (what is sent before the
    /// accept) and datagram sockets, for what goes to one receiver; on a socket of IPv6 it holds for IPv4 peers too. Default: the system's, mostly 64.
    /// </summary>
    public static readonly ChannelOption<int> IpTtl = ValueOf<int>("IP_TTL");

    /// <summary>
    /// A listening socket of IPv6 takes no IPv4 (IPV6_V6ONLY, ipv6(7)). Set before it is bound, on sockets of IPv6. Default: false: where it is
    /// bound to [::], clients of both are taken.
    /// </summary>
    public static readonly ChannelOption<bool> Ip6V6Only = ValueOf<bool>("IPV6_V6ONLY");

    /// <summary>
    /// Who may connect to a listening unix socket: the permissions of its file, of which connecting needs to write. Nobody can connect before they
    /// are as they shall be; on a socket that listens already they change at once. Not on Windows. Default: what the process's umask leaves.
    /// </summary>
    public static readonly ChannelOption<UnixFileMode> UnixMode = ValueOf<UnixFileMode>("UNIX_MODE");

    public static readonly ChannelOption<EndPoint> IpMulticastAddr = ValueOf<EndPoint>("IP_MULTICAST_ADDR");
    public static readonly ChannelOption<NetworkInterface> IpMulticastIf = ValueOf<NetworkInterface>("IP_MULTICAST_IF");
    public static readonly ChannelOption<int> IpMulticastTtl = ValueOf<int>("IP_MULTICAST_TTL");
    public static readonly ChannelOption<bool> IpMulticastLoopDisabled = ValueOf<bool>("IP_MULTICAST_LOOP_DISABLED");

    /// <summary>Small writes leave at once instead of waiting for an acknowledgement (TCP_NODELAY, tcp(7)). Streams. Default: false. A unix socket takes it and reads false.</summary>
    public static readonly ChannelOption<bool> TcpNodelay = ValueOf<bool>("TCP_NODELAY");

    /// <summary>
    /// Silence after which the first keepalive probe is sent, 1 s to 32767 s, rounded up to whole seconds (TCP_KEEPIDLE, tcp(7)). Streams, every
    /// system; without <see cref="SoKeepalive"/> it does nothing. Default: the system's, two hours on Linux.
    /// </summary>
    public static readonly ChannelOption<TimeSpan> TcpKeepIdle = ValueOf<TimeSpan>("TCP_KEEPIDLE");

    /// <summary>
    /// Time between two keepalive probes that nobody answers, 1 s to 32767 s, rounded up to whole seconds (TCP_KEEPINTVL, tcp(7)). Streams,
    /// every system; without <see cref="SoKeepalive"/> it does nothing. Default: the system's, 75 s on Linux.
    /// </summary>
    public static readonly ChannelOption<TimeSpan> TcpKeepIntvl = ValueOf<TimeSpan>("TCP_KEEPINTVL");

    /// <summary>
    /// Keepalive probes without an answer after which the connection is broken off, 1 to 127 (TCP_KEEPCNT, tcp(7)). Streams, every system;
    /// without <see cref="SoKeepalive"/> it does nothing. Default: the system's, 9 on Linux.
    /// </summary>
    public static readonly ChannelOption<int> TcpKeepCnt = ValueOf<int>("TCP_KEEPCNT");

    /// <summary>
    /// How long what was sent may stay unacknowledged, or keepalive probes unanswered, before the connection is broken off (TCP_USER_TIMEOUT,
    /// tcp(7)); to 24.8 days, rounded up to whole milliseconds. It takes the place of <see cref="TcpKeepCnt"/>. Zero: the system decides, by its
    /// count of retransmissions. Streams, Linux only. Default: zero.
    /// </summary>
    public static readonly ChannelOption<TimeSpan> TcpUserTimeout = ValueOf<TimeSpan>("TCP_USER_TIMEOUT");

    /// <summary>
    /// A connection is not accepted before its first bytes are there, for this time at most (TCP_DEFER_ACCEPT, tcp(7)); then it is, silent as it
    /// is. To 29887 s, rounded up to whole seconds by us and by the system to a whole number of retransmissions (1, 3, 7, 15, 31 s …), which it
    /// reads back. Zero: off. Not for protocols whose server speaks first. Listening sockets, Linux only. Default: zero.
    /// </summary>
    public static readonly ChannelOption<TimeSpan> TcpDeferAccept = ValueOf<TimeSpan>("TCP_DEFER_ACCEPT");

    /// <summary>
    /// True: what arrives is acknowledged at once; false: the next acknowledgements wait for something to send along (TCP_QUICKACK, tcp(7)).
    /// It does not last: the system goes back to its own judgement, mostly as soon as something was sent, and reads back what holds now. So
    /// set once it is for the beginning of a connection, and whoever needs more of it sets it again after each read. Streams, Linux only.
    /// </summary>
    public static readonly ChannelOption<bool> TcpQuickAck = ValueOf<bool>("TCP_QUICKACK");

    /// <summary>
    /// Connections that may wait with data in their SYN before their handshake is done, as RFC 7413 has it (TCP_FASTOPEN, tcp(7)); 0: none. The
    /// system goes no higher than net.core.somaxconn, and takes such data only where net.ipv4.tcp_fastopen has the bit 2; it accepts the option
    /// without it too. Listening sockets, Linux only. Default: 0.
    /// </summary>
    public static readonly ChannelOption<int> TcpFastopen = ValueOf<int>("TCP_FASTOPEN");

    /// <summary>
    /// A connect to a server whose cookie is known completes at once, and its SYN leaves with the first bytes written (TCP_FASTOPEN_CONNECT,
    /// tcp(7)); only where net.ipv4.tcp_fastopen has the bit 1. Those bytes may reach the server twice (RFC 7413), and a client that waits for
    /// the server to speak first waits for ever. Streams that connect, set before; Linux only. Default: false.
    /// </summary>
    public static readonly ChannelOption<bool> TcpFastopenConnect = ValueOf<bool>("TCP_FASTOPEN_CONNECT");

    internal ChannelOption(int id, string name)
        : base(id, name)
    {
    }

    /// <summary>The option of that name; made when there is none yet.</summary>
    public static ChannelOption<T> ValueOf<T>(string name) => (ChannelOption<T>)Pool.ValueOf<T>(name);

    public static ChannelOption<T> ValueOf<T>(Type firstNameComponent, string secondNameComponent) =>
        (ChannelOption<T>)Pool.ValueOf<T>(firstNameComponent, secondNameComponent);

    public static bool Exists(string name) => Pool.Exists(name);

    /// <exception cref="ArgumentException">There is an option of that name already.</exception>
    public static ChannelOption<T> NewInstance<T>(string name) => (ChannelOption<T>)Pool.NewInstance<T>(name);

    public abstract bool Set(IChannelConfiguration configuration, object value);

    private sealed class ChannelOptionPool : ConstantPool
    {
        protected override IConstant NewConstant<T>(int id, string name) => new ChannelOption<T>(id, name);
    }
}
