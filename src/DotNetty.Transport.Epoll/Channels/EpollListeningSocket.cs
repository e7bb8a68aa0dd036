using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>A listening descriptor: accepts at once, and waits for connections in the loop's epoll set.</summary>
internal sealed class EpollListeningSocket : EpollEntry, IListeningSocket, IOptionSocket
{
    private ITransportEvents? _events;
    private SocketFile? _file;
    private UnixFileMode? _mode;
    private bool _wanted;
    private bool _childrenMayLinger;

    /// <summary>A new socket of the family; reuses addresses in TIME_WAIT, as servers on Unix do.</summary>
    /// <exception cref="SocketException">The system has no more, or does not know the family.</exception>
    public EpollListeningSocket(AddressFamily family)
    {
        Family = family;
        Descriptor = SocketCalls.NewStream(family);
        if (family == AddressFamily.InterNetworkV6)
        {
            // [::] takes IPv4 too, as .NET's dual-stack sockets do, unless somebody says otherwise.
            SocketCalls.SetOption(Descriptor, Constants.LevelIp6, Constants.Ip6Only, 0);
        }

        if (family != AddressFamily.Unix)
        {
            SocketCalls.SetOption(Descriptor, Constants.LevelSocket, Constants.ReuseAddress, 1);
        }
    }

    /// <summary>Takes over a descriptor that does not block.</summary>
    public EpollListeningSocket(int descriptor)
    {
        Descriptor = descriptor;
        Family = SocketCalls.FamilyOf(descriptor);
        _childrenMayLinger = true;
    }

    public AddressFamily Family { get; }

    public EndPoint? LocalEndPoint => Descriptor < 0 ? null : SocketCalls.LocalEndPoint(Descriptor);

    public SocketIdentity? Identity { get; private set; }

    public UnixFileMode? UnixMode
    {
        get => _mode;
        set
        {
            _mode = value;
            if (value is { } mode)
            {
                _file?.Allow(mode);
            }
        }
    }

    protected override EpollInterest Wanted => _wanted ? EpollInterest.Read : EpollInterest.None;

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _events = events;
        Identity ??= SocketIdentity.Of(this);
        Join((EpollEventLoop)loop);
    }

    public void Listen(EndPoint local, int backlog)
    {
        SocketCalls.Bind(Descriptor, EpollAddresses.For(Family, local));
        if (local is UnixDomainSocketEndPoint unix)
        {
            // Before it listens nobody can connect, whatever the permissions.
            _file = SocketFile.Of(unix.ToString());
            UnixMode = _mode;
        }

        SocketCalls.Listen(Descriptor, backlog);
    }

    public void ChangeBacklog(int backlog) => SocketCalls.Listen(Descriptor, backlog);

    public TransportResult Accept(out ITransportSocket? child)
    {
        TransportResult result = SocketCalls.Accept(Descriptor, out int descriptor, out PeerAddress peer);
        child = result.Succeeded ? new EpollStreamSocket(descriptor, Family, peer, _childrenMayLinger) : null;
        return result;
    }

    public void WantAccept(bool wanted)
    {
        _wanted = wanted;
        if (wanted)
        {
            Apply();
        }
    }

    public int GetOption(SocketOptionCode code, Span<byte> value) => SocketCalls.GetOption(Descriptor, code.Level, code.Name, value);

    public void SetOption(SocketOptionCode code, ReadOnlySpan<byte> value)
    {
        // What is accepted inherits it.
        _childrenMayLinger |= code == SocketOptionCode.Linger;
        SocketCalls.SetOption(Descriptor, code.Level, code.Name, value);
    }

    public void Close()
    {
        if (Descriptor < 0)
        {
            return;
        }

        _file?.Remove();
        if (Identity is { IsOurs: false })
        {
            ForgetDescriptor();
        }
        else
        {
            CloseDescriptor();
        }
    }

    protected override void Handle(EpollInterest happened)
    {
        if (_wanted)
        {
            // Errors and hang-ups too: the accept that follows shows what is wrong.
            _events!.OnReadable();
        }
        else if ((happened & (EpollInterest.Error | EpollInterest.HangUp)) != 0)
        {
            Hide();
        }
    }
}
