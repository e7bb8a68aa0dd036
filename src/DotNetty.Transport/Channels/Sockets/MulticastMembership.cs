using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A group to be received: on which interface (null: the system's choice), from which source (null: any).</summary>
internal readonly record struct MulticastMembership(IPAddress Group, NetworkInterface? Interface, IPAddress? Source)
{
    // MCAST_JOIN_SOURCE_GROUP and MCAST_LEAVE_SOURCE_GROUP of Linux, for both families (ip(7), RFC 3678 §5).
    private const int JoinSourceGroup = 46;
    private const int LeaveSourceGroup = 47;
    private const int StorageSize = 128;

    private bool IsIPv6 => Group.AddressFamily == AddressFamily.InterNetworkV6;

    private SocketOptionLevel Level => IsIPv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;

    private int Index => Interface is null ? 0 : DatagramOptions.IndexOf(Interface, Group.AddressFamily);

    public void Join(Socket socket)
    {
        if (Source is null)
        {
            socket.SetSocketOption(Level, SocketOptionName.AddMembership, Option());
        }
        else
        {
            ChangeSource(socket, JoinSourceGroup, SocketOptionName.AddSourceMembership);
        }
    }

    public void Leave(Socket socket)
    {
        if (Source is null)
        {
            socket.SetSocketOption(Level, SocketOptionName.DropMembership, Option());
        }
        else
        {
            ChangeSource(socket, LeaveSourceGroup, SocketOptionName.DropSourceMembership);
        }
    }

    private object Option() => IsIPv6 ? new IPv6MulticastOption(Group, Index) : new MulticastOption(Group, Index);

    private void ChangeSource(Socket socket, int linuxOption, SocketOptionName portableOption)
    {
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption((int)Level, linuxOption, GroupSourceRequest());
        }
        else if (IsIPv6)
        {
            throw new PlatformNotSupportedException("A group of IPv6 cannot be received from one source on this system: join it from any source.");
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, portableOption, SourceRequest());
        }
    }

    /// <summary>struct group_source_req: the interface's index, then two addresses, each in the largest form, aligned as a pointer is.</summary>
    private byte[] GroupSourceRequest()
    {
        byte[] request = new byte[IntPtr.Size + (2 * StorageSize)];
        BitConverter.TryWriteBytes(request, Index);
        Write(Group, request.AsSpan(IntPtr.Size));
        Write(Source!, request.AsSpan(IntPtr.Size + StorageSize));
        return request;
    }

    /// <summary>struct ip_mreq_source as Windows and BSD have it: group, source, the interface's address.</summary>
    private byte[] SourceRequest() => [.. Group.GetAddressBytes(), .. Source!.GetAddressBytes(), .. InterfaceAddress().GetAddressBytes()];

    private IPAddress InterfaceAddress() =>
        Interface?.GetIPProperties().UnicastAddresses
            .Select(static unicast => unicast.Address)
            .FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Any;

    private static void Write(IPAddress address, Span<byte> storage) => new IPEndPoint(address, 0).Serialize().Buffer.Span.CopyTo(storage);
}
