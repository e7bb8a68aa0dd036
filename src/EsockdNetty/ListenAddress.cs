using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EsockdNetty;

/// <summary>
/// Where a listener listens: <c>tcp://host:port</c>, <c>ssl://host:port</c> (or <c>tls://</c>), <c>unix:///path</c>. IPv6 addresses stand in
/// brackets; port 0 lets the system choose. Or at a socket that listens already and was handed in by whoever started the process, on Linux:
/// <c>fd://3</c> by its descriptor, <c>systemd://name</c> by the name it has in systemd's socket unit (sd_listen_fds(3)), and with TLS
/// <c>ssl+fd://3</c> and <c>ssl+systemd://name</c>. Such a socket goes on listening while its listener is suspended: who connects waits. It is
/// closed with its listener, which cannot be opened again then; a unix socket's file is left to whoever made it.
/// </summary>
public sealed record ListenAddress
{
    // What sun_path holds beside its terminating zero.
    private const int LongestSocketPath = 107;

    internal const string Accepted = "tcp://host:port, ssl://host:port, tls://host:port, unix:///path, fd://3 or systemd://name (with TLS ssl+fd://3 or ssl+systemd://name)";

    private const string TlsPrefix = "ssl+";

    private ListenAddress(string scheme, EndPoint endPoint)
    {
        Scheme = scheme;
        EndPoint = endPoint;
    }

    /// <summary>"tcp", "ssl", "unix", "fd", "systemd", "ssl+fd" or "ssl+systemd"; "tls" is written "ssl".</summary>
    public string Scheme { get; }

    /// <summary>An address, a <see cref="UnixDomainSocketEndPoint"/>, the <see cref="DnsEndPoint"/> of a host name, or an <see cref="InheritedEndPoint"/>.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>True where every connection begins with a TLS handshake.</summary>
    public bool IsTls => Scheme == "ssl" || Scheme.StartsWith(TlsPrefix, StringComparison.Ordinal);

    /// <summary>True for a socket that was handed in; the address of the listener, once it is open, is where that socket is bound.</summary>
    public bool IsInherited { get; private init; }

    /// <summary>True for a unix socket.</summary>
    public bool IsUnix => EndPoint is UnixDomainSocketEndPoint;

    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLocal => EndPoint switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        DnsEndPoint name => name.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message says what one looks like.</exception>
    public static ListenAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out ListenAddress? address) ? address : throw new FormatException($"'{text}' is not an address to listen on: use {Accepted}.");
    }

    /// <summary>Reads an address; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        int mark = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (mark < 0)
        {
            return false;
        }

        string rest = text![(mark + 3)..];
        string scheme = text[..mark].ToLowerInvariant().Replace("tls", "ssl", StringComparison.Ordinal);
        address = scheme switch
        {
            "tcp" when ParseEndPoint(rest) is { } endPoint => new ListenAddress("tcp", endPoint),
            "ssl" when ParseEndPoint(rest) is { } endPoint => new ListenAddress("ssl", endPoint),
            "unix" when IsSocketPath(rest) => new ListenAddress("unix", new UnixDomainSocketEndPoint(rest)),
            "fd" or "ssl+fd" when ParseDescriptor(rest) is { } endPoint => new ListenAddress(scheme, endPoint) { IsInherited = true },
            "systemd" or "ssl+systemd" when IsSocketName(rest) => new ListenAddress(scheme, new InheritedEndPoint(rest)) { IsInherited = true },
            _ => null,
        };
        return address is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => EndPoint switch
    {
        DnsEndPoint name => $"{Scheme}://{name.Host}:{name.Port}",
        _ => $"{Scheme}://{EndPoint}",
    };

    /// <summary>The same scheme on the end point that was bound.</summary>
    internal ListenAddress BoundTo(EndPoint endPoint) => IsInherited
        ? new(IsTls ? "ssl" : endPoint is UnixDomainSocketEndPoint ? "unix" : "tcp", endPoint) { IsInherited = true }
        : new(Scheme, IsUnix ? EndPoint : endPoint);

    private static InheritedEndPoint? ParseDescriptor(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) ? new InheritedEndPoint(descriptor) : null;

    // What systemd takes as a name (sd_pid_notify_with_fds(3)), and no slash, so that no address of another kind is taken for one.
    private static bool IsSocketName(string text) =>
        text.Length is > 0 and <= 255 && !text.Any(static letter => letter is ':' or '/' or <= ' ' or > '~');

    private static bool IsSocketPath(string path) =>
        path.Length > 1 && path[0] == '/' && !path.Contains('\0') && Encoding.UTF8.GetByteCount(path) <= LongestSocketPath;

    private static EndPoint? ParseEndPoint(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return null;
        }

        string host = text[..colon];
        if (host[0] == '[')
        {
            return host[^1] == ']' && host.LastIndexOf('[') == 0 && IPAddress.TryParse(host[1..^1], out IPAddress? v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                ? new IPEndPoint(v6, port)
                : null;
        }

        if (host.Contains(':') || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return null;
        }

        return IPAddress.TryParse(host, out IPAddress? v4) ? new IPEndPoint(v4, port) : new DnsEndPoint(host, port);
    }
}
