using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Epoll;

namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// Whose a connection is, as rules, limits and bans see it: an address without port, a unix peer, or nobody known. A mapped IPv4 address is the
/// IPv4 address, and a scope id is dropped, so that one client has one name on every listener. The default is nobody known.
/// </summary>
public readonly record struct ClientAddress
{
    /// <summary>The IPv6 prefix that is one client where nothing else was set: what a customer is given at least (RFC 6177).</summary>
    public const int DefaultIPv6Prefix = 64;

    private readonly AddressKey _key;
    private readonly Kinds _kind;

    private ClientAddress(Kinds kind, AddressKey key = default)
    {
        _kind = kind;
        _key = key;
    }

    private enum Kinds : byte
    {
        Unknown,
        Unix,
        IP,
    }

    /// <summary>A peer on a unix socket.</summary>
    public static ClientAddress Unix { get; } = new(Kinds.Unix);

    /// <summary>True for a peer on a unix socket; it has no address that a limit or a ban could mean.</summary>
    public bool IsUnix => _kind == Kinds.Unix;

    /// <summary>True for an IPv4 or IPv6 address.</summary>
    public bool IsIP => _kind == Kinds.IP;

    /// <summary>The whole address; only where <see cref="IsIP"/>.</summary>
    internal AddressKey Key => _key;

    /// <summary>The client at the other end of a connection; nobody known when the system does not know the peer any more.</summary>
    public static ClientAddress Of(EndPoint? peer) => peer switch
    {
        IPEndPoint ip => Of(ip.Address),
        UnixDomainSocketEndPoint => Unix,
        _ => default,
    };

    /// <summary>The client at the other end of a connection. On epoll without an object made for the question.</summary>
    public static ClientAddress Of(IChannel connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Span<byte> bytes = stackalloc byte[AddressKey.Bytes];
        return connection is EpollSocketChannel epoll && epoll.WriteRemoteIPAddress(bytes) is var length and > 0
            ? new ClientAddress(Kinds.IP, AddressKey.Of(bytes[..length]))
            : Of(connection.RemoteAddress);
    }

    /// <summary>The client with that address.</summary>
    public static ClientAddress Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new ClientAddress(Kinds.IP, AddressKey.Of(address));
    }

    /// <summary>The address, "unix" or "unknown".</summary>
    public override string ToString() => _kind switch
    {
        Kinds.IP => _key.ToAddress().ToString(),
        Kinds.Unix => "unix",
        _ => "unknown",
    };

    /// <summary>What limits and bans count as one client: an IPv4 address, or an IPv6 prefix. Only where <see cref="IsIP"/>.</summary>
    internal AddressBlock Block(int ipv6Prefix) => new(_key, _key.IsIPv4 ? AddressKey.Bits : ipv6Prefix);
}
