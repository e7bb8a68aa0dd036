#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A listening <see cref="Socket"/>: TCP over IPv4 or IPv6, or a unix socket.</summary>
public class TcpServerSocketChannel : AbstractServerSocketChannel
{
    private readonly Socket _socket;
    private readonly DefaultServerSocketChannelConfig _config;

    /// <summary>Listens on IPv4 and IPv6.</summary>
    public TcpServerSocketChannel()
        : this(new Socket(SocketType.Stream, ProtocolType.Tcp))
    {
    }

    /// <summary>Listens on one family; <see cref="AddressFamily.Unix"/> too. One of IPv6 that is bound to [::] takes IPv4 as well.</summary>
    public TcpServerSocketChannel(AddressFamily addressFamily)
        : this(NewListening(addressFamily))
    {
    }

    /// <summary>Takes over a socket, listening or not.</summary>
    public TcpServerSocketChannel(Socket socket)
        : this(new PortableListeningSocket(socket ?? throw new ArgumentNullException(nameof(socket))), socket) =>
        IsBound = socket.IsBound;

    internal TcpServerSocketChannel(IListeningSocket listener, Socket socket)
        : base(listener)
    {
        _socket = socket;
        _config = new DefaultServerSocketChannelConfig(this, socket);
    }

    protected override Socket Socket => _socket;

    public override IChannelConfiguration Configuration => _config;

    private protected override IServerSocketChannelConfiguration ServerConfiguration => _config;

    private static Socket NewListening(AddressFamily family)
    {
        Socket socket = NewSocket(family);
        if (family == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = true;
        }

        return socket;
    }

    private protected override IChannel NewChild(ITransportSocket child) =>
        new TcpSocketChannel(this, child, (child as PortableStreamSocket)?.Socket, connected: true);
}
