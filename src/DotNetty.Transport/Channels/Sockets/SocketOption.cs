using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>One option of a channel that the system keeps with the socket.</summary>
internal abstract class SocketOption(ChannelOption key)
{
    public ChannelOption Key { get; } = key;

    /// <summary>The family of protocols whose option it is; null: the sockets of all families may have it.</summary>
    public string? Protocol { get; init; }

    /// <exception cref="NotSupportedException">It is no option of such a socket.</exception>
    protected void EnsureFamily(IOptionSocket socket)
    {
        if (Protocol is not null && socket.Family is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            throw new NotSupportedException($"{Key} is an option of {Protocol}, and this is a socket of the family {socket.Family}: leave it out there.");
        }
    }

    /// <summary>True when the system does not know the option at all; the rest of its answers are about the value or the socket's state.</summary>
    protected static bool IsUnknown(SocketException fault) =>
        fault.SocketErrorCode is SocketError.ProtocolOption or SocketError.OperationNotSupported or SocketError.ProtocolNotSupported;

    protected NotSupportedException Unknown(SocketException fault) =>
        new($"This system has no option {Key} for such a socket ({fault.Message}): leave it out here.", fault);
}
