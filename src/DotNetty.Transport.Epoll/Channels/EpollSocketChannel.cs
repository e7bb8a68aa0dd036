using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll;

/// <summary>A stream connection on epoll: TCP over IPv4 or IPv6, or a unix socket. Takes the place of <see cref="TcpSocketChannel"/>.</summary>
public sealed class EpollSocketChannel : AbstractSocketByteChannel, ISocketChannel
{
    private readonly EpollSocketChannelConfig _config;

    /// <summary>A client that connects over IPv4 or IPv6.</summary>
    /// <exception cref="SocketException">The system has no more sockets.</exception>
    public EpollSocketChannel()
        : this(null, new EpollStreamSocket(EpollAddresses.DefaultFamily), connected: false)
    {
    }

    /// <summary>A client of one family; <see cref="AddressFamily.Unix"/> too.</summary>
    /// <exception cref="SocketException">The system has no more sockets, or does not know the family.</exception>
    public EpollSocketChannel(AddressFamily addressFamily)
        : this(null, new EpollStreamSocket(addressFamily), connected: false)
    {
    }

    /// <summary>Takes over the descriptor of a connected stream socket that does not block; the channel closes it.</summary>
    public EpollSocketChannel(int descriptor)
        : this(null, new EpollStreamSocket(descriptor), connected: true)
    {
    }

    internal EpollSocketChannel(IChannel? parent, EpollStreamSocket socket, bool connected)
        : base(parent, socket, connected)
    {
        _config = new EpollSocketChannelConfig(this);
    }

    /// <inheritdoc/>
    public override IChannelConfiguration Configuration => _config;

    /// <summary>False for a unix socket, which knows no options of TCP.</summary>
    internal bool IsTcp => OptionSocket.Family != AddressFamily.Unix;

    /// <summary>For the options that the system keeps.</summary>
    internal EpollStreamSocket OptionSocket => (EpollStreamSocket)TransportSocket;

    private protected override ISocketChannelConfiguration SocketConfiguration => _config;

    /// <inheritdoc/>
    protected override EndPoint LocalAddressInternal => base.LocalAddressInternal ?? ListenedOn!;

    // A connection accepted where the listener has an address, not a wildcard, has that address too. It is asked for only when that is the last
    // way to know it: a transparent proxy's may have another.
    private IPEndPoint? ListenedOn =>
        Parent?.LocalAddress is IPEndPoint bound && !bound.Address.Equals(IPAddress.Any) && !bound.Address.Equals(IPAddress.IPv6Any) ? bound : null;

    /// <summary>
    /// Writes the peer's IP address in network order, 4 bytes for IPv4 and 16 for IPv6, as it was when the connection was accepted: without the
    /// system and without an object, for those who judge each connection by it.
    /// </summary>
    /// <returns>The number of bytes; 0 where the peer has no IP address, or the connection was not accepted here.</returns>
    /// <exception cref="ArgumentException">The destination has less than 16 bytes.</exception>
    public int WriteRemoteIPAddress(Span<byte> destination)
    {
        if (destination.Length < EpollStreamSocket.LongestIPAddress)
        {
            throw new ArgumentException($"An address may need {EpollStreamSocket.LongestIPAddress} bytes.", nameof(destination));
        }

        return OptionSocket.WritePeerIPAddress(destination);
    }

    // Both can be told after the close as well: no system call, no object, for a question that mostly nobody asks.
    private protected override void KeepAddresses()
    {
        if (!OptionSocket.KnowsPeer || ListenedOn is null)
        {
            base.KeepAddresses();
        }
    }

    /// <inheritdoc/>
    protected override bool IsCompatible(IEventLoop eventLoop) => eventLoop is EpollEventLoop;
}
