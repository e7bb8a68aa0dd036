using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The one table of what an error of accept(2) means, by the codes that .NET's sockets show.</summary>
internal static class AcceptErrors
{
    public static AcceptErrorKind KindOf(SocketError error) => error switch
    {
        // These belong to the one connection that waited, or to the network on its way (accept(2)).
        SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable
            or SocketError.OperationNotSupported or SocketError.ProtocolOption or SocketError.TimedOut
            or SocketError.AccessDenied => AcceptErrorKind.Transient,

        SocketError.TooManyOpenSockets => AcceptErrorKind.Descriptors,
        SocketError.NoBufferSpaceAvailable => AcceptErrorKind.Memory,

        // EBADF shows as OperationAborted, as our own close does: that one never comes here.
        SocketError.InvalidArgument or SocketError.NotSocket or SocketError.OperationAborted => AcceptErrorKind.ListenerLost,
        _ => AcceptErrorKind.Unknown,
    };
}
