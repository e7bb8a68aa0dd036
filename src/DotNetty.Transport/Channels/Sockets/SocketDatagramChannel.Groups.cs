#nullable disable
using System.Net;
using System.Net.NetworkInformation;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>Membership in groups.</summary>
public partial class SocketDatagramChannel
{
    private delegate void MembershipChange(IDatagramSocket socket, in MulticastMembership membership);

    private static readonly MembershipChange Join = static (IDatagramSocket socket, in MulticastMembership membership) => socket.Join(membership);
    private static readonly MembershipChange Leave = static (IDatagramSocket socket, in MulticastMembership membership) => socket.Leave(membership);

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress) => JoinGroup(multicastAddress, null, null, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress, TaskCompletionSource promise) => JoinGroup(multicastAddress, null, null, promise);

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface) =>
        JoinGroup(multicastAddress, networkInterface, null, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, TaskCompletionSource promise) =>
        JoinGroup(multicastAddress, networkInterface, null, promise);

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source) =>
        JoinGroup(multicastAddress, networkInterface, source, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task JoinGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source, TaskCompletionSource promise) =>
        Change(Join, multicastAddress, networkInterface, source, promise);

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress) => LeaveGroup(multicastAddress, null, null, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress, TaskCompletionSource promise) => LeaveGroup(multicastAddress, null, null, promise);

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface) =>
        LeaveGroup(multicastAddress, networkInterface, null, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, TaskCompletionSource promise) =>
        LeaveGroup(multicastAddress, networkInterface, null, promise);

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source) =>
        LeaveGroup(multicastAddress, networkInterface, source, new TaskCompletionSource());

    /// <inheritdoc/>
    public Task LeaveGroup(IPEndPoint multicastAddress, NetworkInterface networkInterface, IPEndPoint source, TaskCompletionSource promise) =>
        Change(Leave, multicastAddress, networkInterface, source, promise);

    private Task<int> Change(MembershipChange change, IPEndPoint group, NetworkInterface networkInterface, IPEndPoint source, TaskCompletionSource promise)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(promise);
        var membership = new MulticastMembership(Unmapped(group), networkInterface ?? _config.NetworkInterface, source is null ? null : Unmapped(source));
        OnLoop(_ => Change(change, membership, promise));
        return promise.Task;
    }

    private void Change(MembershipChange change, in MulticastMembership membership, TaskCompletionSource promise)
    {
        if (!Open)
        {
            promise.TrySetException(new ClosedChannelException());
            return;
        }

        try
        {
            change(Transport, membership);
            promise.TryComplete();
        }
        catch (Exception fault)
        {
            promise.TrySetException(fault);
        }
    }

    private static IPAddress Unmapped(IPEndPoint endPoint) => endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
}
