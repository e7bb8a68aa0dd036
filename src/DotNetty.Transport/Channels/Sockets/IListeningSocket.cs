using System.Net;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The seam between a server channel and the system. On the loop only.</summary>
internal interface IListeningSocket
{
    /// <summary>The descriptor's number; −1 once closed.</summary>
    int Descriptor { get; }

    EndPoint? LocalEndPoint { get; }

    /// <summary>Gives the socket its loop; nothing is reported before.</summary>
    void Attach(IEventLoop loop, ITransportEvents events);

    void Listen(EndPoint local, int backlog);

    /// <summary>The permissions of a unix socket's file, also while it listens; null: what the process's umask leaves.</summary>
    UnixFileMode? UnixMode
    {
        get => null;
        set => throw new NotSupportedException("This socket has no file.");
    }

    /// <summary>Listens with another backlog.</summary>
    void ChangeBacklog(int backlog);

    /// <summary>True where wanting an accept begins one, which takes the next connection whether it is wanted still or not.</summary>
    bool AcceptsAhead => false;

    /// <summary>True while such an accept is begun, or its connection not taken yet.</summary>
    bool AcceptBegun => false;

    /// <summary>True while an accept begun earlier is about to bring a connection, although <see cref="Accept"/> would block.</summary>
    bool AcceptUnderWay => false;

    /// <summary>Tells whether the socket is still there and listens; null where that cannot be known.</summary>
    SocketIdentity? Identity => null;

    /// <summary>Takes one connection from the backlog.</summary>
    TransportResult Accept(out ITransportSocket? child);

    /// <summary>True: report that there is a connection to accept, or an error, until told otherwise.</summary>
    void WantAccept(bool wanted);

    /// <summary>Closes the descriptor, unless it is somebody else's by now; nothing is reported after.</summary>
    void Close();
}
