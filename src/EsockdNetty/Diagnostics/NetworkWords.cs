using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Diagnostics;

/// <summary>An address in OpenTelemetry's words for networks.</summary>
internal static class NetworkWords
{
    public static string TransportOf(EndPoint? address) => address is UnixDomainSocketEndPoint ? "unix" : "tcp";

    /// <summary>Null where there is no network.</summary>
    public static string? TypeOf(EndPoint? address) => address?.AddressFamily switch
    {
        AddressFamily.InterNetwork => "ipv4",
        AddressFamily.InterNetworkV6 => "ipv6",
        _ => null,
    };
}
