using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A unix address that a <see cref="Socket"/> does not know for one: it would remove the file at that path when it is disposed, whosever it is.
/// </summary>
internal sealed class SocketFileEndPoint(UnixDomainSocketEndPoint endPoint) : EndPoint
{
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize() => endPoint.Serialize();

    public override EndPoint Create(SocketAddress socketAddress) => endPoint.Create(socketAddress);
}
