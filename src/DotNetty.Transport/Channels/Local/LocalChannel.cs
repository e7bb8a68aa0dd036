#nullable disable
using System.Net;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Local;

/// <summary>
/// A connection within this process, for tests and in-process clients. Messages are handed over as they are: the receiver owns what the sender
/// wrote. They stay with the sender until the receiver reads, and count for its water marks until then.
/// </summary>
public partial class LocalChannel : AbstractChannel
{
    private static readonly ChannelMetadata LocalMetadata = new(false, 16);

    private readonly LocalChannelConfiguration _config;
    private readonly Lock _mailLock = new();
    private List<IRunnable> _mail;
    private volatile LocalChannel _peer;
    private volatile LocalAddress _localAddress;
    private volatile LocalAddress _remoteAddress;
    private volatile bool _open = true;
    private volatile bool _attached;

    /// <summary>A client that connects to a <see cref="LocalServerChannel"/>.</summary>
    public LocalChannel()
        : base(null) =>
        _config = new LocalChannelConfiguration(this, CancelRead);

    /// <summary>The server's end of a connection.</summary>
    protected internal LocalChannel(LocalServerChannel parent, LocalChannel peer)
        : base(parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(peer);
        _config = new LocalChannelConfiguration(this, CancelRead);
        _localAddress = (LocalAddress)parent.LocalAddress;
        _remoteAddress = peer._localAddress;
        _peer = peer;
    }

    public override ChannelMetadata Metadata => LocalMetadata;

    public override IChannelConfiguration Configuration => _config;

    public override bool Open => _open;

    public override bool Active => _open && _peer is not null && !Closing;

    protected override EndPoint LocalAddressInternal => _localAddress;

    protected override EndPoint RemoteAddressInternal => _remoteAddress;

    protected override IChannelUnsafe NewUnsafe() => new LocalUnsafe(this);

    protected override bool IsCompatible(IEventLoop eventLoop) => true;

    protected override void DoRegister()
    {
        lock (_mailLock)
        {
            // Behind the registration, and in front of what the peer says from now on.
            _mail?.ForEach(EventLoop.Execute);
            _mail = null;
            _attached = true;
        }
    }

    protected override void DoBind(EndPoint localAddress) => _localAddress = LocalChannelRegistry.Take(this, localAddress);

    protected override void DoDisconnect() => DoClose();

    /// <summary>Tells this end something, from the other one's loop; it acts on its own.</summary>
    /// <returns>False when its loop has ended.</returns>
    private bool Tell(Action<LocalChannel, object> act, object about = null)
    {
        var letter = new Letter(this, act, about);
        if (!_attached)
        {
            lock (_mailLock)
            {
                if (!_attached)
                {
                    (_mail ??= []).Add(letter);
                    return true;
                }
            }
        }

        try
        {
            EventLoop.Execute(letter);
            return true;
        }
        catch (RejectedExecutionException)
        {
            return false;
        }
    }

    private sealed class Letter(LocalChannel to, Action<LocalChannel, object> act, object about) : IRunnable
    {
        public void Run() => act(to, about);
    }
}
