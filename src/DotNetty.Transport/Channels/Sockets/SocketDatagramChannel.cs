#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Datagrams over UDP. Messages are <see cref="DatagramPacket"/>, or <see cref="IByteBuffer"/> to the peer of a connected channel. A datagram is
/// received whole, an empty one too. One that cannot be sent fails alone; what the network says of an earlier one (ICMP) is told by
/// <see cref="IChannelHandler.ExceptionCaught"/> and closes nothing.
/// </summary>
public partial class SocketDatagramChannel : AbstractSocketMessageChannel, IDatagramChannel
{
    private static readonly ChannelMetadata DatagramMetadata = new(true, 16);

    private readonly Socket _socket;
    private readonly DefaultDatagramChannelConfig _config;
    private volatile bool _bound;
    private volatile EndPoint _remote;

    /// <summary>A channel for IPv4 and IPv6, where the system has both.</summary>
    public SocketDatagramChannel()
        : this(new Socket(SocketType.Dgram, ProtocolType.Udp))
    {
    }

    /// <summary>A channel for one family.</summary>
    /// <exception cref="NotSupportedException">The family is not one of IP.</exception>
    public SocketDatagramChannel(AddressFamily addressFamily)
        : this(new Socket(EnsureIP(addressFamily), SocketType.Dgram, ProtocolType.Udp))
    {
    }

    /// <summary>Takes over a socket, bound, connected or neither.</summary>
    /// <exception cref="ArgumentException">It is not one for datagrams.</exception>
    /// <exception cref="NotSupportedException">The family is not one of IP.</exception>
    public SocketDatagramChannel(Socket socket)
        : this(new PortableDatagramSocket(EnsureDatagrams(socket)), socket)
    {
        _bound = socket.IsBound;
        _remote = socket.Connected ? Normalize(socket.RemoteEndPoint) : null;
    }

    internal SocketDatagramChannel(IDatagramSocket transport, Socket socket)
        : base(null, transport)
    {
        _socket = socket;
        _config = new DefaultDatagramChannelConfig(this, socket);
    }

    protected override Socket Socket => _socket;

    public override ChannelMetadata Metadata => DatagramMetadata;

    public override IChannelConfiguration Configuration => _config;

    /// <summary>True once bound or connected, until closing begins.</summary>
    public override bool Active => (_bound || IsConnected()) && Open && !Closing;

    protected override EndPoint RemoteAddressInternal => _remote;

    protected override bool ContinueOnWriteError => true;

    /// <inheritdoc/>
    public bool IsConnected() => _remote is not null;

    protected override void DoBind(EndPoint localAddress)
    {
        Transport.Bind(localAddress);
        _bound = true;
        CacheLocalAddress();
    }

    protected override void DoDisconnect()
    {
        if (IsConnected())
        {
            _remote = null;
            Transport.Disconnect();
        }
    }

    private protected override void DoConnect(EndPoint remoteAddress, EndPoint localAddress)
    {
        if (IsConnected())
        {
            throw new AlreadyConnectedException();
        }

        IPEndPoint remote = Resolved(remoteAddress);
        if (localAddress is not null)
        {
            DoBind(localAddress);
        }

        Transport.Connect(remote);

        // The system has chosen a port if there was none, and an address it sends from.
        _bound = true;
        _remote = Normalize(remote);
        InvalidateLocalAddress();
        InvalidateRemoteAddress();
    }

    private static AddressFamily EnsureIP(AddressFamily family) => family is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        ? family
        : throw new NotSupportedException($"Datagrams go over IPv4 or IPv6, not over {family}.");

    private static Socket EnsureDatagrams(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        EnsureIP(socket.AddressFamily);
        return socket.SocketType == SocketType.Dgram
            ? socket
            : throw new ArgumentException($"A datagram channel needs a socket of type {SocketType.Dgram}, not {socket.SocketType}.", nameof(socket));
    }

    private static IPEndPoint Resolved(EndPoint address) => address as IPEndPoint
        ?? throw new NotSupportedException($"A datagram is sent to an address of IP, not to {address} ({address.GetType().Name}): resolve the name first.");
}
