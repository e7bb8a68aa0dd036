#nullable disable
using System.Net;
using System.Net.Sockets;

namespace DotNetty.Common.Utilities;

/// <summary>Addresses as text.</summary>
public static class NetUtil
{
    /// <summary>Whether <paramref name="ip"/> is an IPv6 address, with or without a scope.</summary>
    public static bool IsValidIpV6Address(string ip) =>
        ip is not null && !ip.StartsWith('[') && IPAddress.TryParse(ip, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public static string ToSocketAddressString(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IsValidIpV6Address(host) ? $"[{host}]:{port}" : $"{host}:{port}";
    }
}
