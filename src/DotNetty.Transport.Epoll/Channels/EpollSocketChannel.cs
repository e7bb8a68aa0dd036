using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll;

/// <summary>A stream connection on epoll: TCP over IPv4 or IPv6, or a unix socket. Takes the place of <see cref="TcpSocketChannel"/>.</summary>
public sealed class EpollSocketChannel : AbstractSocketByteChannel, ISocketChannel
{
    private readonly EpollStreamSocket _socket;
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
        _socket = socket;
        _config = new EpollSocketChannelConfig(this);
    }

    /// <inheritdoc/>
    public override IChannelConfiguration Configuration => _config;

    /// <summary>False for a unix socket, which knows no options of TCP.</summary>
    internal bool IsTcp => _socket.Family != AddressFamily.Unix;

    /// <summary>For the options that the system keeps.</summary>
    internal EpollStreamSocket OptionSocket => _socket;

    private protected override ISocketChannelConfiguration SocketConfiguration => _config;

    /// <inheritdoc/>
    protected override bool IsCompatible(IEventLoop eventLoop) => eventLoop is EpollEventLoop;
}
