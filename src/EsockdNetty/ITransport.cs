using System.Net;
using DotNetty.Transport.Channels;

namespace EsockdNetty;

/// <summary>
/// What carries the bytes of a server: loops, and the channels that accept. <see cref="SocketServerOptions.Transport"/> chooses one of those
/// there are, <see cref="SocketServerOptions.CustomTransport"/> takes another: one within the process for tests, or over something that is no socket.
/// </summary>
public interface ITransport
{
    /// <summary>Loops that the transport's channels can be registered with.</summary>
    IEventLoopGroup NewLoops(int count);

    /// <summary>Where in this transport a listener's address is, before names of hosts are resolved. Default: where it says.</summary>
    EndPoint Locate(ListenAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.EndPoint;
    }

    /// <summary>
    /// A channel that is going to be bound there and then accepts: its messages are connections, each an <see cref="AbstractChannel"/>, which
    /// alone tells of its close.
    /// </summary>
    IServerChannel NewServerChannel(EndPoint endPoint);
}
