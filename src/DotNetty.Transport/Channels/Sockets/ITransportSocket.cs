using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The seam between a stream channel and the system, readiness style: calls never wait, and what would have waited is asked for and reported
/// by <see cref="ITransportEvents"/>. On the loop only.
/// </summary>
internal interface ITransportSocket
{
    /// <summary>The descriptor's number; −1 once closed.</summary>
    int Descriptor { get; }

    EndPoint? LocalEndPoint { get; }

    EndPoint? RemoteEndPoint { get; }

    /// <summary>Gives the socket its loop; nothing is reported before.</summary>
    void Attach(IEventLoop loop, ITransportEvents events);

    void Bind(EndPoint local);

    /// <summary>Begins to connect; <see cref="ITransportEvents.OnConnected"/> tells the end.</summary>
    void Connect(EndPoint remote);

    TransportResult Receive(Span<byte> buffer);

    /// <summary>Sends from one region. After "would block" the next send begins with the same bytes.</summary>
    TransportResult Send(ReadOnlySpan<byte> bytes);

    /// <summary>Sends from several regions at once; the same rule holds.</summary>
    TransportResult SendMany(IList<ArraySegment<byte>> segments);

    /// <summary>True: report readability, once or more, until told otherwise.</summary>
    void WantRead(bool wanted);

    /// <summary>True: report writability, once or more, until told otherwise.</summary>
    void WantWrite(bool wanted);

    SocketError Shutdown(SocketShutdown how);

    /// <summary>Makes the coming close drop what was not delivered and reset the connection.</summary>
    void PrepareReset();

    /// <summary>Closes the descriptor; nothing is reported after.</summary>
    void Close();
}
