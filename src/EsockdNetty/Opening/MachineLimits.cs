using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>
/// What this machine lets the process take on, as of one moment; null where the system has no such limit or does not tell. For a gateway's own
/// check before it opens listeners, and for whoever wants to know why it refuses.
/// </summary>
public sealed record MachineLimits
{
    /// <summary>Descriptors the process may have now (RLIMIT_NOFILE, soft; the runtime raised it to the hard one at its start).</summary>
    public long? Descriptors { get; init; }

    /// <summary>Descriptors it could have without a privilege (RLIMIT_NOFILE, hard).</summary>
    public long? DescriptorsHard { get; init; }

    /// <summary>What the hard limit itself may be raised to (fs.nr_open).</summary>
    public long? DescriptorsMost { get; init; }

    /// <summary>Descriptors that were open before the first connection.</summary>
    public long DescriptorsOpen { get; init; }

    /// <summary>What a listener's backlog is cut to (net.core.somaxconn).</summary>
    public long? SoMaxConn { get; init; }

    /// <summary>Handshakes of TCP the kernel keeps half done (net.ipv4.tcp_max_syn_backlog).</summary>
    public long? TcpMaxSynBacklog { get; init; }

    /// <summary>Beyond that the kernel goes on without keeping them (net.ipv4.tcp_syncookies).</summary>
    public bool SynCookies { get; init; }

    /// <summary>The first and the last port of outgoing connections (net.ipv4.ip_local_port_range).</summary>
    public (int First, int Last)? OutgoingPorts { get; init; }

    /// <summary>Bytes of memory the process may use: the machine's, or its container's.</summary>
    public long Memory { get; init; }

    /// <summary>Connections a server takes on by default here: the least of what descriptors and memory allow and 1,000,000.</summary>
    public int DefaultMaxConnections { get; init; }

    /// <summary>The limits as they are.</summary>
    public static MachineLimits Read() => new()
    {
        Descriptors = DescriptorLimits.ReadSoftLimit(),
        DescriptorsHard = DescriptorLimits.ReadHardLimit(),
        DescriptorsMost = KernelSetting.Read("fs.nr_open"),
        DescriptorsOpen = DescriptorLimits.OpenAtStart,
        SoMaxConn = KernelSetting.SoMaxConn,
        TcpMaxSynBacklog = KernelSetting.Read("net.ipv4.tcp_max_syn_backlog"),
        SynCookies = KernelSetting.Read("net.ipv4.tcp_syncookies") is > 0,
        OutgoingPorts = KernelSetting.OutgoingPorts,
        Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        DefaultMaxConnections = DefaultLimits.MaxConnections(),
    };

    /// <summary>Each limit beside what a server with these options needs: <see cref="LimitCheck.IsShort"/> tells what is too low.</summary>
    public IReadOnlyList<LimitCheck> Check(SocketServerOptions server, params IEnumerable<ListenerOptions> listeners)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(listeners);
        return new LimitNeeds(server, [.. listeners]).Against(this);
    }
}
