using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll;

/// <summary>A listening socket on epoll. Takes the place of <see cref="TcpServerSocketChannel"/>.</summary>
public sealed class EpollServerSocketChannel : AbstractServerSocketChannel
{
    private readonly EpollListeningSocket _listener;
    private readonly EpollServerSocketChannelConfig _config;

    /// <summary>Listens on IPv4 and IPv6.</summary>
    /// <exception cref="SocketException">The system has no more sockets.</exception>
    public EpollServerSocketChannel()
        : this(EpollAddresses.DefaultFamily)
    {
    }

    /// <summary>Listens on one family; <see cref="AddressFamily.Unix"/> too.</summary>
    /// <exception cref="SocketException">The system has no more sockets, or does not know the family.</exception>
    public EpollServerSocketChannel(AddressFamily addressFamily)
        : this(new EpollListeningSocket(addressFamily))
    {
    }

    /// <summary>Takes over the descriptor of a listening socket that does not block; the channel closes it.</summary>
    public EpollServerSocketChannel(int descriptor)
        : this(new EpollListeningSocket(descriptor)) =>
        IsBound = true;

    private EpollServerSocketChannel(EpollListeningSocket listener)
        : base(listener)
    {
        _listener = listener;
        _config = new EpollServerSocketChannelConfig(this);
    }

    /// <inheritdoc/>
    public override IChannelConfiguration Configuration => _config;

    /// <summary>For the options that the system keeps.</summary>
    internal IOptionSocket OptionSocket => _listener;

    private protected override IServerSocketChannelConfiguration ServerConfiguration => _config;

    /// <inheritdoc/>
    protected override bool IsCompatible(IEventLoop eventLoop) => eventLoop is EpollEventLoop;

    private protected override IChannel NewChild(ITransportSocket child) => new EpollSocketChannel(this, (EpollStreamSocket)child, connected: true);
}
