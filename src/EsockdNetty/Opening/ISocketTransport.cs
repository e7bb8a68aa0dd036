using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Opening;

/// <summary>A transport over the system's sockets, which have options, and can be handed in.</summary>
internal interface ISocketTransport : ITransport
{
    /// <summary>True when nothing is accepted before the system has said that somebody waits, so that a permit is held for nobody else.</summary>
    bool AcceptsOnReadiness { get; }

    AbstractServerSocketChannel NewServerChannel(AddressFamily family);

    /// <summary>A channel on a listening descriptor that does not block, which it takes over.</summary>
    AbstractServerSocketChannel NewServerChannel(int descriptor);

    AbstractSocketChannel NewStreamChannel(AddressFamily family);
}
