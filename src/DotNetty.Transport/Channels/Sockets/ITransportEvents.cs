using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>What a socket reports to its channel, always on the channel's loop.</summary>
internal interface ITransportEvents
{
    /// <summary>A read was wanted and will not wait now: there are bytes, a FIN, an error or a connection to accept.</summary>
    void OnReadable();

    /// <summary>A write was wanted and will not wait now.</summary>
    void OnWritable();

    /// <summary>The connection broke while nothing was wanted of it.</summary>
    void OnBroken(SocketError error)
    {
    }

    /// <summary>The peer has ended its side, though what it sent before may not be read yet: the FIN itself is a receive of 0. Told early where the system does.</summary>
    void OnPeerEnded()
    {
    }

    /// <summary>The connect that was begun has ended.</summary>
    void OnConnected(SocketError outcome);
}
