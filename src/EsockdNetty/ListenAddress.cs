using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EsockdNetty;

/// <summary>
/// Where a listener listens: <c>tcp://host:port</c>, <c>ssl://host:port</c> (or <c>tls://</c>), <c>unix:///path</c>. IPv6 addresses stand in
/// brackets; port 0 lets the system choose.
/// </summary>
public sealed record ListenAddress
{
    // What sun_path holds beside its terminating zero.
    private const int LongestSocketPath = 107;

    internal const string Accepted = "tcp://host:port, ssl://host:port, tls://host:port or unix:///path";

    private ListenAddress(string scheme, EndPoint endPoint)
    {
        Scheme = scheme;
        EndPoint = endPoint;
    }

    /// <summary>"tcp", "ssl" or "unix"; "tls" is written "ssl".</summary>
    public string Scheme { get; }

    /// <summary>An address, a <see cref="UnixDomainSocketEndPoint"/>, or the <see cref="DnsEndPoint"/> of a host name.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>True where every connection begins with a TLS handshake.</summary>
    public bool IsTls => Scheme == "ssl";

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
        address = text[..mark].ToLowerInvariant() switch
        {
            "tcp" when ParseEndPoint(rest) is { } endPoint => new ListenAddress("tcp", endPoint),
            "ssl" or "tls" when ParseEndPoint(rest) is { } endPoint => new ListenAddress("ssl", endPoint),
            "unix" when IsSocketPath(rest) => new ListenAddress("unix", new UnixDomainSocketEndPoint(rest)),
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
    internal ListenAddress BoundTo(EndPoint endPoint) => new(Scheme, IsUnix ? EndPoint : endPoint);

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
