namespace EsockdNetty;

/// <summary>
/// What the system is told about a listener's sockets. Null leaves an option as the system has it, and costs nothing; each that is given is a
/// call of the system for every connection. Ranges are the system's: what it would cut or ignore is a fault. Names in brackets are those of
/// socket(7), tcp(7) and ip(7). What is of TCP or IP is a fault on a unix listener, but for <see cref="NoDelay"/>. Changed while the listener
/// runs, they hold for the listening socket at once and for connections accepted from now on; set to null, the listening socket keeps what it
/// has, and connections what they inherit of it, until it is bound again.
/// </summary>
public sealed class SocketOptions
{
    // SOL_SOCKET of Linux.
    private const int SocketLevel = 1;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private Setting<int> _backlog = new(1024);
    private Setting<bool> _noDelay = new(true);
    private Setting<bool> _keepAlive;
    private Setting<TimeSpan?> _keepAliveIdle;
    private Setting<TimeSpan?> _keepAliveInterval;
    private Setting<int?> _keepAliveCount;
    private Setting<TimeSpan?> _userTimeout;
    private Setting<TimeSpan?> _linger;
    private Setting<TimeSpan?> _deferAccept;
    private Setting<bool?> _quickAck;
    private Setting<int?> _fastOpen;
    private Setting<int?> _ttl;
    private Setting<int?> _tos;
    private Setting<int?> _receiveBufferSize;
    private Setting<int?> _sendBufferSize;
    private Setting<bool?> _allowHalfClosure;
    private Setting<bool?> _v6Only;
    private Setting<UnixFileMode> _unixMode = new(OwnerOnly);

    /// <summary>Connections the system holds that were not accepted yet. Default: 1024; the system may cut it (net.core.somaxconn).</summary>
    public int Backlog { get => _backlog.Value; set => _backlog.Value = value; }

    /// <summary>Small writes leave at once (TCP_NODELAY). Default: true.</summary>
    public bool NoDelay { get => _noDelay.Value; set => _noDelay.Value = value; }

    /// <summary>The system probes idle connections (SO_KEEPALIVE). Default: false: the idle timeout judges them.</summary>
    public bool KeepAlive { get => _keepAlive.Value; set => _keepAlive.Value = value; }

    /// <summary>Silence before the first probe (TCP_KEEPIDLE), 1 s to 32767 s in whole seconds, rounded up; with <see cref="KeepAlive"/> only. Default: null, the system's (Linux: two hours).</summary>
    public TimeSpan? KeepAliveIdle { get => _keepAliveIdle.Value; set => _keepAliveIdle.Value = value; }

    /// <summary>Time between two probes without an answer (TCP_KEEPINTVL), 1 s to 32767 s in whole seconds, rounded up; with <see cref="KeepAlive"/> only. Default: null, the system's (Linux: 75 s).</summary>
    public TimeSpan? KeepAliveInterval { get => _keepAliveInterval.Value; set => _keepAliveInterval.Value = value; }

    /// <summary>Probes without an answer that end a connection (TCP_KEEPCNT), 1 to 127; with <see cref="KeepAlive"/> only. Default: null, the system's (Linux: 9).</summary>
    public int? KeepAliveCount { get => _keepAliveCount.Value; set => _keepAliveCount.Value = value; }

    /// <summary>
    /// How long what was sent may stay unacknowledged, or probes unanswered, before the connection is broken off (TCP_USER_TIMEOUT), to 24.8 days
    /// in whole milliseconds, rounded up. It judges the network and the peer's system, <see cref="TimeoutOptions.Send"/> the peer's program.
    /// Linux only. Default: null, as long as the system sends again (Linux: some 15 minutes).
    /// </summary>
    public TimeSpan? UserTimeout { get => _userTimeout.Value; set => _userTimeout.Value = value; }

    /// <summary>
    /// Zero: once our own close is done (what was flushed is with the system, FIN is out, what the peer still sent was read within its bounds),
    /// the system keeps nothing of the connection (SO_LINGER): what the peer has not received by then is lost, and it is reset. Any other time is
    /// a fault: the system's close would hold the loop. Default: null: the system goes on delivering by itself.
    /// </summary>
    public TimeSpan? Linger { get => _linger.Value; set => _linger.Value = value; }

    /// <summary>
    /// A connection is accepted when its first bytes are there, or after this time (TCP_DEFER_ACCEPT): 1 s to 29887 s, which the system rounds up
    /// to 1, 3, 7, 15, 31 s and so on. Silent connections cost nothing till then, and no limit counts them. Not for a server that speaks first.
    /// Linux only. Default: null, at once.
    /// </summary>
    public TimeSpan? DeferAccept { get => _deferAccept.Value; set => _deferAccept.Value = value; }

    /// <summary>
    /// How a connection begins: true, what arrives is acknowledged at once; false, acknowledgements wait for something to send along
    /// (TCP_QUICKACK). It does not last: the system soon goes back to its own judgement. Linux only. Default: null, the system's.
    /// </summary>
    public bool? QuickAck { get => _quickAck.Value; set => _quickAck.Value = value; }

    /// <summary>
    /// Connections that may wait with data in their SYN before their handshake is done (TCP_FASTOPEN, RFC 7413), 1 to net.core.somaxconn; needs the
    /// bit 2 of net.ipv4.tcp_fastopen. Such data may arrive twice. Linux only. Default: null, none.
    /// </summary>
    public int? FastOpen { get => _fastOpen.Value; set => _fastOpen.Value = value; }

    /// <summary>Hops what is sent may take (IP_TTL, IPV6_UNICAST_HOPS), 1 to 255. Default: null, the system's (mostly 64).</summary>
    public int? Ttl { get => _ttl.Value; set => _ttl.Value = value; }

    /// <summary>Type of service or traffic class of what is sent (IP_TOS, IPV6_TCLASS), 0 to 252 in steps of 4: a code point, times four. Linux only. Default: null, 0.</summary>
    public int? Tos { get => _tos.Value; set => _tos.Value = value; }

    /// <summary>Bytes the system may buffer for receiving (SO_RCVBUF). Default: null, as the system does.</summary>
    public int? ReceiveBufferSize { get => _receiveBufferSize.Value; set => _receiveBufferSize.Value = value; }

    /// <summary>Bytes the system may buffer for sending (SO_SNDBUF). Default: null, as the system does.</summary>
    public int? SendBufferSize { get => _sendBufferSize.Value; set => _sendBufferSize.Value = value; }

    /// <summary>
    /// True: a peer's FIN ends its side only, and the reply still goes out. Default: null: true for a session, false for a pipeline, where
    /// handlers written for DotNetty expect the connection to close.
    /// </summary>
    public bool? AllowHalfClosure { get => _allowHalfClosure.Value; set => _allowHalfClosure.Value = value; }

    /// <summary>
    /// True: a listener at an IPv6 address takes no IPv4 (IPV6_V6ONLY). Default: null, as false: at <c>[::]</c> clients of both come in. A change
    /// holds when it is bound again. Of a listener's own at another address than one of IPv6 it is a fault.
    /// </summary>
    public bool? V6Only { get => _v6Only.Value; set => _v6Only.Value = value; }

    /// <summary>
    /// Permissions of the file of a unix listener, 0000 to 0777; to connect one must be allowed to write. It has them before anybody can connect.
    /// Other listeners have no file. Default: 0600, the server's own user.
    /// </summary>
    public UnixFileMode UnixMode { get => _unixMode.Value; set => _unixMode.Value = value; }

    /// <summary>The listener itself says so; a general value is none that it could be blamed for.</summary>
    internal bool? OwnV6Only => _v6Only.IsChosen ? V6Only : null;

    /// <summary>Options by number, each once; one that has a name here and is given there too is a fault. The listener does not open if the system refuses one. Default: none.</summary>
    public IList<RawOption> Raw { get; private set; } = [];

    internal void Validate(OptionFaults faults, ListenAddress? address) => new SocketOptionsCheck(this, faults).Run(address);

    /// <summary>Takes each general value that was chosen where none was chosen here; on a unix listener only what its sockets have.</summary>
    internal void Inherit(SocketOptions general, bool isUnix)
    {
        _backlog.Inherit(general._backlog);
        _receiveBufferSize.Inherit(general._receiveBufferSize);
        _sendBufferSize.Inherit(general._sendBufferSize);
        _allowHalfClosure.Inherit(general._allowHalfClosure);
        _v6Only.Inherit(general._v6Only);
        _unixMode.Inherit(general._unixMode);
        if (Raw.Count == 0)
        {
            Raw = [.. general.Raw.Where(raw => !isUnix || raw is { Level: SocketLevel })];
        }

        if (!isUnix)
        {
            InheritInternet(general);
        }
    }

    internal SocketOptions Copy()
    {
        var copy = (SocketOptions)MemberwiseClone();
        copy.Raw = [.. Raw];
        return copy;
    }

    private void InheritInternet(SocketOptions general)
    {
        _noDelay.Inherit(general._noDelay);
        _keepAlive.Inherit(general._keepAlive);
        _keepAliveIdle.Inherit(general._keepAliveIdle);
        _keepAliveInterval.Inherit(general._keepAliveInterval);
        _keepAliveCount.Inherit(general._keepAliveCount);
        _userTimeout.Inherit(general._userTimeout);
        _linger.Inherit(general._linger);
        _deferAccept.Inherit(general._deferAccept);
        _quickAck.Inherit(general._quickAck);
        _fastOpen.Inherit(general._fastOpen);
        _ttl.Inherit(general._ttl);
        _tos.Inherit(general._tos);
    }
}
