using System.Net;

namespace EsockdNetty.Opening;

/// <summary>What a server's options need of the machine.</summary>
internal sealed class LimitNeeds
{
    // What is kept free of descriptors: 32 and one in a hundred.
    private const long FixedReserve = 32;
    private const long Percent = 100;
    private const long Mebibyte = 1024 * 1024;

    private readonly ListenerOptions[] _listeners;
    private readonly long _connections;
    private readonly int _backlog;

    public LimitNeeds(SocketServerOptions server, ListenerOptions[] listeners)
    {
        _listeners = listeners;
        _connections = ConnectionsOf(server, listeners);
        _backlog = listeners.Length == 0 ? 0 : listeners.Max(static listener => listener.Socket.Backlog);
    }

    public IReadOnlyList<LimitCheck> Against(MachineLimits machine)
    {
        long descriptors = DescriptorsFor(_connections + _listeners.Length, machine.DescriptorsOpen);
        return
        [
            new LimitCheck("max connections (default)", $"{machine.DefaultMaxConnections}", "-", false, ""),
            Descriptors(machine, descriptors),
            Row("fs.nr_open", machine.DescriptorsMost, descriptors, "unknown", $"sysctl -w fs.nr_open={descriptors}"),
            Row("net.core.somaxconn", machine.SoMaxConn, _backlog, "unknown", $"sysctl -w net.core.somaxconn={_backlog}"),
            SynBacklog(machine),
            OutgoingPorts(machine),
            Memory(machine),
        ];
    }

    /// <summary>So many that <paramref name="wanted"/> remain when those open at the start and the reserve are taken away.</summary>
    internal static long DescriptorsFor(long wanted, long openAtStart)
    {
        // One in a hundred of the limit itself is reserve, rounded down: 99 parts, rounded up, must do.
        long rest = wanted + openAtStart + FixedReserve;
        return ((rest - 1) * Percent / (Percent - 1)) + 1;
    }

    // The soft limit is what holds. The runtime has raised it to the hard one, where it could.
    private static LimitCheck Descriptors(MachineLimits machine, long needed)
    {
        const string Limit = "descriptors (RLIMIT_NOFILE)";
        if (machine.DescriptorsHard is not { } hard || machine.Descriptors is not { } soft || soft >= hard)
        {
            return Row(Limit, machine.Descriptors, needed, "none", $"raise the hard limit: LimitNOFILE={needed} (systemd), --ulimit nofile={needed} (docker)");
        }

        return Row(Limit, soft, needed, "none", hard < needed ? $"raise both limits: LimitNOFILE={needed} (systemd), --ulimit nofile={needed} (docker)" : $"raise the soft limit: ulimit -Sn {needed}") with
        {
            Is = $"{hard}, soft {soft}",
        };
    }

    private static LimitCheck Row(string limit, long? value, long needed, string absent, string remedy)
    {
        bool isShort = value < needed;
        return new LimitCheck(limit, value?.ToString() ?? absent, needed.ToString(), isShort, isShort ? remedy : "");
    }

    // A server whose options say nothing takes on what there is room for, and that is enough if it is anything.
    private static long ConnectionsOf(SocketServerOptions server, ListenerOptions[] listeners)
    {
        long asked = listeners.Sum(static listener => (long)(listener.Limits.MaxConnections ?? 0));
        long most = server.MaxConnections ?? long.MaxValue;
        return asked > 0 ? Math.Min(asked, most) : server.MaxConnections ?? DefaultLimits.LeastConnections;
    }

    // With cookies a full queue costs clients some options of TCP, and nobody his connection.
    private LimitCheck SynBacklog(MachineLimits machine) => machine.SynCookies
        ? new LimitCheck("net.ipv4.tcp_max_syn_backlog", $"{machine.TcpMaxSynBacklog} with cookies", "-", false, "")
        : Row("net.ipv4.tcp_max_syn_backlog", machine.TcpMaxSynBacklog, _backlog, "unknown", $"sysctl -w net.ipv4.tcp_max_syn_backlog={_backlog}, or net.ipv4.tcp_syncookies=1");

    // A port the system gives to outgoing connections may be taken when a listener wants it back.
    private LimitCheck OutgoingPorts(MachineLimits machine)
    {
        const string Limit = "net.ipv4.ip_local_port_range";
        if (machine.OutgoingPorts is not var (first, last))
        {
            return new LimitCheck(Limit, "unknown", "-", false, "");
        }

        int[] within = [.. _listeners.Select(PortOf).Where(port => port >= first && port <= last)];
        return new LimitCheck(
            Limit,
            $"{first}-{last}",
            within.Length == 0 ? "-" : $"without {string.Join(',', within)}",
            false,
            within.Length == 0 ? "" : $"sysctl -w net.ipv4.ip_local_reserved_ports={string.Join(',', within)}");
    }

    private static int PortOf(ListenerOptions listener) => !ListenAddress.TryParse(listener.Address, out ListenAddress? address) ? 0 : address.EndPoint switch
    {
        IPEndPoint ip => ip.Port,
        DnsEndPoint name => name.Port,
        _ => 0,
    };

    private LimitCheck Memory(MachineLimits machine)
    {
        long needed = _connections * DefaultLimits.MemoryPerConnection;
        bool isShort = machine.Memory < needed;
        return new LimitCheck("memory", Mebibytes(machine.Memory), Mebibytes(needed), isShort, isShort ? "give the process more memory, or lower Limits:MaxConnections" : "");
    }

    // Rounded up: what is short shall not look equal.
    private static string Mebibytes(long bytes) => $"{(bytes + Mebibyte - 1) / Mebibyte} MiB";
}
