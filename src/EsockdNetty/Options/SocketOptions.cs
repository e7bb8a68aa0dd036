namespace EsockdNetty;

/// <summary>What the system is told about a listener's sockets.</summary>
public sealed class SocketOptions
{
    private Setting<int> _backlog = new(1024);
    private Setting<bool> _noDelay = new(true);
    private Setting<bool> _keepAlive;
    private Setting<int?> _receiveBufferSize;
    private Setting<int?> _sendBufferSize;
    private Setting<bool?> _allowHalfClosure;

    /// <summary>Connections the system holds that were not accepted yet. Default: 1024; the system may cut it (net.core.somaxconn).</summary>
    public int Backlog { get => _backlog.Value; set => _backlog.Value = value; }

    /// <summary>Small writes leave at once (TCP_NODELAY). Default: true.</summary>
    public bool NoDelay { get => _noDelay.Value; set => _noDelay.Value = value; }

    /// <summary>The system probes idle connections (SO_KEEPALIVE). Default: false: the idle timeout judges them.</summary>
    public bool KeepAlive { get => _keepAlive.Value; set => _keepAlive.Value = value; }

    /// <summary>Bytes the system may buffer for receiving (SO_RCVBUF). Default: null, as the system does.</summary>
    public int? ReceiveBufferSize { get => _receiveBufferSize.Value; set => _receiveBufferSize.Value = value; }

    /// <summary>Bytes the system may buffer for sending (SO_SNDBUF). Default: null, as the system does.</summary>
    public int? SendBufferSize { get => _sendBufferSize.Value; set => _sendBufferSize.Value = value; }

    /// <summary>
    /// True: a peer's FIN ends its side only, and the reply still goes out. Default: null: true for a session, false for a pipeline, where
    /// handlers written for DotNetty expect the connection to close.
    /// </summary>
    public bool? AllowHalfClosure { get => _allowHalfClosure.Value; set => _allowHalfClosure.Value = value; }

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Socket:Backlog", Backlog, 1);
        faults.AtLeast("Socket:ReceiveBufferSize", ReceiveBufferSize, 1);
        faults.AtLeast("Socket:SendBufferSize", SendBufferSize, 1);
    }

    internal void Inherit(SocketOptions general)
    {
        _backlog.Inherit(general._backlog);
        _noDelay.Inherit(general._noDelay);
        _keepAlive.Inherit(general._keepAlive);
        _receiveBufferSize.Inherit(general._receiveBufferSize);
        _sendBufferSize.Inherit(general._sendBufferSize);
        _allowHalfClosure.Inherit(general._allowHalfClosure);
    }

    internal SocketOptions Copy() => (SocketOptions)MemberwiseClone();
}
