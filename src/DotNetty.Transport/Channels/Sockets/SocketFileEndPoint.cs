using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A unix address that a <see cref="Socket"/> does not know for one: it would remove the file at that path when it is disposed, whosever it is.
/// And it would give an accept room for a name as long as this one: a client with a longer name ends the process, by an exception on a thread of
/// the pool. So a socket is bound to the name, and accepts by an address that has room for any.
/// </summary>
internal sealed class SocketFileEndPoint : EndPoint
{
    // struct sockaddr_storage: Linux tells up to 111 bytes, one more than there are in a struct sockaddr_un.
    private const int MostBytes = 128;

    // The family alone: Linux chooses a name that nobody has (unix(7), autobind).
    private const int NoName = sizeof(ushort);

    private static readonly UnixDomainSocketEndPoint Any = new("any");

    private readonly SocketAddress _name;
    private bool _hasRoom;

    private SocketFileEndPoint(SocketAddress name) => _name = name;

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public static void Bind(Socket socket, UnixDomainSocketEndPoint endPoint) => Bind(socket, endPoint.Serialize());

    /// <summary>Binds to some name; Linux only.</summary>
    public static void BindAnywhere(Socket socket) => Bind(socket, new SocketAddress(AddressFamily.Unix, NoName));

    public override SocketAddress Serialize() => _hasRoom ? new SocketAddress(AddressFamily.Unix, MostBytes) : _name;

    public override EndPoint Create(SocketAddress socketAddress) => Any.Create(socketAddress);

    private static void Bind(Socket socket, SocketAddress name)
    {
        var endPoint = new SocketFileEndPoint(name);
        socket.Bind(endPoint);
        endPoint._hasRoom = !OperatingSystem.IsWindows();
    }
}
