#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A stream connection over <see cref="Socket"/>: TCP over IPv4 or IPv6, or a unix socket.</summary>
public class TcpSocketChannel : AbstractSocketByteChannel, ISocketChannel
{
    private readonly Socket _socket;
    private readonly DefaultSocketChannelConfiguration _config;

    /// <summary>A client that connects over IPv4 or IPv6.</summary>
    public TcpSocketChannel()
        : this(null, new Socket(SocketType.Stream, ProtocolType.Tcp), connected: false)
    {
    }

    /// <summary>A client of one family; <see cref="AddressFamily.Unix"/> too.</summary>
    public TcpSocketChannel(AddressFamily addressFamily)
        : this(null, NewSocket(addressFamily), connected: false)
    {
    }

    /// <summary>Takes over a socket, connected or not.</summary>
    public TcpSocketChannel(Socket socket)
        : this(null, socket)
    {
    }

    /// <inheritdoc cref="TcpSocketChannel(Socket)"/>
    public TcpSocketChannel(IChannel parent, Socket socket)
        : this(parent, socket ?? throw new ArgumentNullException(nameof(socket)), socket.Connected)
    {
    }

    /// <summary>Takes over a socket that was accepted, or a stand-in for one.</summary>
    internal TcpSocketChannel(IChannel parent, ITransportSocket transport, Socket socket, bool connected)
        : base(parent, transport, connected)
    {
        _socket = socket;
        _config = new DefaultSocketChannelConfiguration(this, socket);
    }

    private TcpSocketChannel(IChannel parent, Socket socket, bool connected)
        : this(parent, new PortableStreamSocket(socket), socket, connected)
    {
    }

    protected override Socket Socket => _socket;

    public override IChannelConfiguration Configuration => _config;

    private protected override ISocketChannelConfiguration SocketConfiguration => _config;
}
