using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The one table of what an error of receiving a datagram means: news about something that was sent, or the end of the socket.</summary>
internal static class DatagramErrors
{
    /// <summary>
    /// True where the socket goes on: an ICMP answer to an earlier datagram (ConnectionRefused on Linux, ConnectionReset on Windows, and their
    /// relatives, udp(7)), or a moment without memory.
    /// </summary>
    public static bool IsSurvived(SocketError error) => error is SocketError.ConnectionRefused or SocketError.ConnectionReset
        or SocketError.NetworkReset or SocketError.NetworkDown or SocketError.NetworkUnreachable
        or SocketError.HostDown or SocketError.HostUnreachable or SocketError.HostNotFound
        or SocketError.MessageSize or SocketError.ProtocolOption or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported
        or SocketError.TimedOut or SocketError.AccessDenied or SocketError.Interrupted or SocketError.NoBufferSpaceAvailable;
}
