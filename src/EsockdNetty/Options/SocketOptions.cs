namespace EsockdNetty;

/// <summary>What the system is told about a listener's sockets.</summary>
public sealed class SocketOptions
{
    /// <summary>Connections the system holds that were not accepted yet. Default: 1024; the system may cut it (net.core.somaxconn).</summary>
    public int Backlog { get; set; } = 1024;

    /// <summary>Small writes leave at once (TCP_NODELAY). Default: true.</summary>
    public bool NoDelay { get; set; } = true;

    /// <summary>The system probes idle connections (SO_KEEPALIVE). Default: false: the idle timeout judges them.</summary>
    public bool KeepAlive { get; set; }

    /// <summary>Bytes the system may buffer for receiving (SO_RCVBUF). Default: null, as the system does.</summary>
    public int? ReceiveBufferSize { get; set; }

    /// <summary>Bytes the system may buffer for sending (SO_SNDBUF). Default: null, as the system does.</summary>
    public int? SendBufferSize { get; set; }

    /// <summary>
    /// True: a peer's FIN ends its side only, and the reply still goes out. Default: null: true for a session, false for a pipeline, where
    /// handlers written for DotNetty expect the connection to close.
    /// </summary>
    public bool? AllowHalfClosure { get; set; }

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Socket:Backlog", Backlog, 1);
        faults.AtLeast("Socket:ReceiveBufferSize", ReceiveBufferSize, 1);
        faults.AtLeast("Socket:SendBufferSize", SendBufferSize, 1);
    }

    internal SocketOptions Copy() => (SocketOptions)MemberwiseClone();
}
