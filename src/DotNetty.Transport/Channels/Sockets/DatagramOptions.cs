using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of IP that a datagram socket has, set for both families where the socket serves both.</summary>
internal static class DatagramOptions
{
    // .NET has no name for the traffic class of IPv6.
    private const int IPv6 = 41;
    private const int TrafficClassOnLinux = 67;
    private const int TrafficClassOnMac = 36;

    public static int GetTimeToLive(Socket socket) => Get(socket, SocketOptionName.MulticastTimeToLive);

    public static void SetTimeToLive(Socket socket, int hops) => Set(socket, SocketOptionName.MulticastTimeToLive, hops);

    public static bool GetLoopback(Socket socket) => Get(socket, SocketOptionName.MulticastLoopback) != 0;

    public static void SetLoopback(Socket socket, bool value) => Set(socket, SocketOptionName.MulticastLoopback, value ? 1 : 0);

    public static int GetTrafficClass(Socket socket)
    {
        if (!IsIPv6(socket))
        {
            return Get(socket, SocketOptionName.TypeOfService);
        }

        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(IPv6, TrafficClassOfIPv6(), value);
        return BitConverter.ToInt32(value);
    }

    /// <exception cref="PlatformNotSupportedException">The socket is one of IPv6 and the system does not say how.</exception>
    public static void SetTrafficClass(Socket socket, int value)
    {
        if (IsIPv6(socket))
        {
            socket.SetRawSocketOption(IPv6, TrafficClassOfIPv6(), BitConverter.GetBytes(value));
        }

        SetIPv4(socket, SocketOptionName.TypeOfService, value);
    }

    /// <summary>Groups are sent to by the interface that has this address.</summary>
    /// <exception cref="ArgumentException">It is not an address of IPv4, or the socket is one of IPv6 alone.</exception>
    public static void SetInterface(Socket socket, EndPoint address)
    {
        if (address is not IPEndPoint { Address: { } ip } || (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip) is not { AddressFamily: AddressFamily.InterNetwork } ipv4)
        {
            throw new ArgumentException($"An interface is named by an address of IPv4, not by {address}: use {nameof(ChannelOption.IpMulticastIf)}.", nameof(address));
        }

        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, BitConverter.ToInt32(ipv4.GetAddressBytes()));
    }

    /// <summary>Groups are sent to by this interface.</summary>
    public static void SetInterface(Socket socket, NetworkInterface networkInterface)
    {
        if (IsIPv6(socket))
        {
            int index = IndexOf(networkInterface, AddressFamily.InterNetworkV6);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
        }

        // An index is told from an address by its first byte of zero.
        SetIPv4(socket, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(IndexOf(networkInterface, AddressFamily.InterNetwork)));
    }

    /// <summary>The number the system knows an interface by.</summary>
    public static int IndexOf(NetworkInterface networkInterface, AddressFamily family)
    {
        IPInterfaceProperties properties = networkInterface.GetIPProperties();
        return family == AddressFamily.InterNetworkV6 ? properties.GetIPv6Properties().Index : properties.GetIPv4Properties().Index;
    }

    private static int Get(Socket socket, SocketOptionName name) =>
        (int)(socket.GetSocketOption(IsIPv6(socket) ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP, name) ?? 0);

    private static void Set(Socket socket, SocketOptionName name, int value)
    {
        if (IsIPv6(socket))
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, name, value);
        }

        SetIPv4(socket, name, value);
    }

    private static void SetIPv4(Socket socket, SocketOptionName name, int value)
    {
        if (!IsIPv6(socket))
        {
            socket.SetSocketOption(SocketOptionLevel.IP, name, value);
        }
        else if (socket.DualMode)
        {
            SetIPv4Side(socket, name, value);
        }
    }

    private static void SetIPv4Side(Socket socket, SocketOptionName name, int value)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.IP, name, value);
        }
        catch (SocketException) when (!OperatingSystem.IsLinux())
        {
            // BSD has no options of IPv4 on a socket of IPv6: there the option holds for IPv6 alone.
        }
    }

    private static bool IsIPv6(Socket socket) => socket.AddressFamily == AddressFamily.InterNetworkV6;

    private static int TrafficClassOfIPv6()
    {
        if (OperatingSystem.IsLinux())
        {
            return TrafficClassOnLinux;
        }

        return OperatingSystem.IsMacOS()
            ? TrafficClassOnMac
            : throw new PlatformNotSupportedException("The traffic class of a socket of IPv6 cannot be set on this system: use one of IPv4.");
    }
}
