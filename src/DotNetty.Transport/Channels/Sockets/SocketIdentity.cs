using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Which socket a descriptor's number stood for when it was first looked at (SO_COOKIE, Linux 4.12). Somebody else in the process may close the
/// number by mistake, and the system then gives it to the next who wants one.
/// </summary>
internal sealed class SocketIdentity
{
    private static readonly SocketOptionCode AcceptsConnections = new(1, 30) { IsRaw = true };
    private static readonly SocketOptionCode Cookie = new(1, 57) { IsRaw = true };

    private readonly IOptionSocket _socket;
    private readonly ulong _cookie;

    private SocketIdentity(IOptionSocket socket, ulong cookie)
    {
        _socket = socket;
        _cookie = cookie;
    }

    /// <summary>False when the number is closed, or somebody else's by now: then it must not be touched.</summary>
    public bool IsOurs => Read(_socket, Cookie) == _cookie;

    /// <summary>True while it is ours and listens.</summary>
    public bool Listens => IsOurs && Read(_socket, AcceptsConnections) == 1;

    /// <summary>The socket as it is now; null where the system does not tell.</summary>
    public static SocketIdentity? Of(IOptionSocket socket) =>
        OperatingSystem.IsLinux() && Read(socket, Cookie) is { } cookie ? new SocketIdentity(socket, cookie) : null;

    private static ulong? Read(IOptionSocket socket, SocketOptionCode option)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        value.Clear();
        try
        {
            socket.GetOption(option, value);
            return BitConverter.ToUInt64(value);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
