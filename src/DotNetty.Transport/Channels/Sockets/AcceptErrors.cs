using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The one table of what an error of accept(2) means, by the codes that .NET's sockets show.</summary>
internal static class AcceptErrors
{
    public static AcceptException ExceptionOf(TransportResult result)
    {
        AcceptErrorKind kind = KindOf(result.Error);
        return result.NativeError == 0
            ? new AcceptException(kind, result.Error)
            : new AcceptException(kind, result.Error, result.NativeError);
    }

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

    /// <summary>What the manual calls an error number of Linux; the number itself where accept(2) is not known to give it.</summary>
    public static string NameOf(int errno) => errno switch
    {
        1 => "EPERM",
        4 => "EINTR",
        5 => "EIO",
        9 => "EBADF",
        12 => "ENOMEM",
        13 => "EACCES",
        14 => "EFAULT",
        22 => "EINVAL",
        23 => "ENFILE",
        24 => "EMFILE",
        28 => "ENOSPC",
        63 => "ENOSR",
        64 => "ENONET",
        71 => "EPROTO",
        88 => "ENOTSOCK",
        92 => "ENOPROTOOPT",
        93 => "EPROTONOSUPPORT",
        94 => "ESOCKTNOSUPPORT",
        95 => "EOPNOTSUPP",
        100 => "ENETDOWN",
        101 => "ENETUNREACH",
        103 => "ECONNABORTED",
        104 => "ECONNRESET",
        105 => "ENOBUFS",
        110 => "ETIMEDOUT",
        112 => "EHOSTDOWN",
        113 => "EHOSTUNREACH",
        _ => $"errno {errno}",
    };
}
