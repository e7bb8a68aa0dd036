#nullable disable
using System.Net;
using System.Net.NetworkInformation;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A socket for datagrams. Active once it is bound or connected; connected, it takes datagrams of one peer only, and a written
/// <see cref="DotNetty.Buffers.IByteBuffer"/> goes to that peer. Membership in groups can change at any time; only a group's address counts,
/// its port is not looked at. Each task fails with <see cref="System.Net.Sockets.SocketException"/> where the system refuses.
/// </summary>
public interface IDatagramChannel : IChannel
{
    /// <summary>True while the channel is connected to one peer.</summary>
    bool IsConnected();

    /// <summary>Receives what is sent to the group, on the interface of <see cref="ChannelOption.IpMulticastIf"/> or the system's choice.</summary>
    Task JoinGroup(IPEndPoint multicastAddress);

    /// <inheritdoc cref="JoinGroup(IPEndPoint)"/>
    Task JoinGroup(IPEndPoint multicastAddress, TaskCompletionSource promise);

    /// <summary>Receives what is sent to the group on one interface.</summary>
    Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface);

    /// <inheritdoc cref="JoinGroup(IPEndPoint, NetworkInterface)"/>
    Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, TaskCompletionSource promise);

    /// <summary>Receives what one source sends to the group on one interface (null: the usual one). RFC 4607.</summary>
    Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source);

    /// <inheritdoc cref="JoinGroup(IPEndPoint, NetworkInterface, IPEndPoint)"/>
    Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source, TaskCompletionSource promise);

    /// <summary>Undoes <see cref="JoinGroup(IPEndPoint)"/>.</summary>
    Task LeaveGroup(IPEndPoint multicastAddress);

    /// <inheritdoc cref="LeaveGroup(IPEndPoint)"/>
    Task LeaveGroup(IPEndPoint multicastAddress, TaskCompletionSource promise);

    /// <summary>Undoes <see cref="JoinGroup(IPEndPoint, NetworkInterface)"/>.</summary>
    Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface);

    /// <inheritdoc cref="LeaveGroup(IPEndPoint, NetworkInterface)"/>
    Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, TaskCompletionSource promise);

    /// <summary>Undoes <see cref="JoinGroup(IPEndPoint, NetworkInterface, IPEndPoint)"/>.</summary>
    Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source);

    /// <inheritdoc cref="LeaveGroup(IPEndPoint, NetworkInterface, IPEndPoint)"/>
    Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source, TaskCompletionSource promise);
}
