using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Diagnostics;

/// <summary>An address in OpenTelemetry's words for networks.</summary>
internal static class NetworkWords
{
    public static string TransportOf(EndPoint? address) => address is UnixDomainSocketEndPoint ? "unix" : "tcp";

    /// <summary>Null where there is no network.</summary>
    public static string? TypeOf(EndPoint? address) => address switch
    {
        IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 } => "ipv6",
        IPEndPoint => "ipv4",

        // Not asked for its family: an end point of another transport may have none, and throw.
        _ => null,
    };
}
