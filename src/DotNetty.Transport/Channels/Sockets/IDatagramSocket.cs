using System.Net;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The seam between a datagram channel and the system, readiness style as <see cref="ITransportSocket"/>: calls never wait, and what would have
/// waited is asked for and reported by <see cref="ITransportEvents"/>. On the loop only.
/// </summary>
internal interface IDatagramSocket
{
    /// <summary>The descriptor's number; −1 once closed.</summary>
    int Descriptor { get; }

    EndPoint? LocalEndPoint { get; }

    /// <summary>Gives the socket its loop; nothing is reported before.</summary>
    void Attach(IEventLoop loop, ITransportEvents events);

    void Bind(EndPoint local);

    /// <summary>Takes one peer. Nothing is sent for it, so it is done when it returns.</summary>
    void Connect(IPEndPoint remote);

    /// <summary>Takes all peers again; the local port stays.</summary>
    void Disconnect();

    /// <summary>
    /// Receives one datagram; a count of 0 is an empty one. An error is told once: on a connected socket it is what became of an earlier datagram.
    /// </summary>
    TransportResult Receive(Span<byte> buffer, out IPEndPoint? sender);

    /// <summary>Sends one datagram, to the connected peer where there is no recipient. After "would block" the next send is the same datagram.</summary>
    TransportResult Send(ReadOnlySpan<byte> datagram, IPEndPoint? recipient);

    /// <summary>True: report readability, once or more, until told otherwise.</summary>
    void WantRead(bool wanted);

    /// <summary>True: report writability, once or more, until told otherwise.</summary>
    void WantWrite(bool wanted);

    void Join(in MulticastMembership membership);

    void Leave(in MulticastMembership membership);

    /// <summary>Closes the descriptor; nothing is reported after.</summary>
    void Close();
}
