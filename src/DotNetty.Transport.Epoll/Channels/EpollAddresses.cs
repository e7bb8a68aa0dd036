using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Epoll;

/// <summary>How IPv4 addresses are said to sockets that speak both.</summary>
internal static class EpollAddresses
{
    /// <summary>The family that serves IPv4 and IPv6, where the system has it.</summary>
    public static AddressFamily DefaultFamily => Socket.OSSupportsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The address as a socket of that family takes it.</summary>
    public static EndPoint For(AddressFamily family, EndPoint address) =>
        family == AddressFamily.InterNetworkV6 && address is IPEndPoint { AddressFamily: AddressFamily.InterNetwork } mapped
            ? new IPEndPoint(mapped.Address.Equals(IPAddress.Any) ? IPAddress.IPv6Any : mapped.Address.MapToIPv6(), mapped.Port)
            : address;
}
