using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>What one call to the system gave: a count, "would block", or an error. A receive of 0 bytes is the peer's FIN.</summary>
internal readonly record struct TransportResult(int Count, SocketError Error)
{
    public static TransportResult WouldBlock => new(0, SocketError.WouldBlock);

    public bool Succeeded => Error == SocketError.Success;

    public bool MustWait => Error == SocketError.WouldBlock;

    public static TransportResult Of(int count) => new(count, SocketError.Success);

    public static TransportResult Failed(SocketError error) => new(0, error);
}
