using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>A stream on a descriptor of its own: the system is asked at once, and readiness comes from the loop's epoll set.</summary>
internal sealed unsafe class EpollStreamSocket : EpollEntry, ITransportSocket, IOptionSocket
{
    /// <summary>Bytes of an IPv6 address.</summary>
    public const int LongestIPAddress = 16;

    private const int IPv4Length = 4;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private readonly PeerAddress _peer;
    private readonly bool _accepted;
    private ITransportEvents? _events;
    private bool _connecting;
    private bool _readWanted;
    private bool _writeWanted;
    private bool _isFresh;
    private bool _peerEnded;
    private bool _mayLinger;

    /// <summary>A new socket of the family, not connected.</summary>
    /// <exception cref="SocketException">The system has no more, or does not know the family.</exception>
    public EpollStreamSocket(AddressFamily family)
    {
        Family = family;
        _isFresh = true;
        Descriptor = SocketCalls.NewStream(family);
        if (family == AddressFamily.InterNetworkV6)
        {
            // IPv4 too, as .NET's dual-stack sockets do.
            SocketCalls.SetOption(Descriptor, Constants.LevelIp6, Constants.Ip6Only, 0);
        }
    }

    /// <summary>Takes over a descriptor that does not block.</summary>
    public EpollStreamSocket(int descriptor)
    {
        Descriptor = descriptor;
        Family = SocketCalls.FamilyOf(descriptor);
        _mayLinger = true;
    }

    /// <summary>Takes over a connection that was accepted from <paramref name="peer"/>.</summary>
    /// <param name="descriptor">The connection.</param>
    /// <param name="family">The listening socket's.</param>
    /// <param name="peer">Its address.</param>
    /// <param name="mayLinger">True: the connection may have inherited SO_LINGER.</param>
    public EpollStreamSocket(int descriptor, AddressFamily family, PeerAddress peer, bool mayLinger)
    {
        _mayLinger = mayLinger;
        Descriptor = descriptor;
        Family = family;
        _peer = peer;
        _accepted = true;
    }

    public AddressFamily Family { get; }

    public EndPoint? LocalEndPoint => Descriptor < 0 ? null : SocketCalls.LocalEndPoint(Descriptor);

    // A unix peer's name may be longer than the room, and cannot be lost: it is its socket's.
    public EndPoint? RemoteEndPoint =>
        KnowsPeer ? EndPoints.Read(_peer) : Descriptor < 0 ? null : SocketCalls.RemoteEndPoint(Descriptor);

    /// <summary>True for an accepted connection over IP: whose it is was told with it.</summary>
    public bool KnowsPeer => _accepted && Family != AddressFamily.Unix;

    protected override EpollInterest Wanted => _connecting ? EpollInterest.Write : WantedOfPeer | (_writeWanted ? EpollInterest.Write : EpollInterest.None);

    // While nobody reads, its end is worth one wake-up; asked for longer it would be told again and again, as bytes left unread would.
    private EpollInterest WantedOfPeer =>
        _readWanted ? EpollInterest.Read | EpollInterest.PeerEnded
        : _peerEnded ? EpollInterest.None
        : EpollInterest.PeerEnded;

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _events = events;
        Join((EpollEventLoop)loop);
        if (!_isFresh)
        {
            // Mostly reading begins in this turn, and this changes nothing then. A connection that nobody reads must be watched for its reset all the same.
            Loop!.ApplyLater(this);
        }
    }

    public void Bind(EndPoint local) => SocketCalls.Bind(Descriptor, EpollAddresses.For(Family, local));

    public void Connect(EndPoint remote)
    {
        TransportResult result = SocketCalls.Connect(Descriptor, EpollAddresses.For(Family, remote));
        if (result.MustWait)
        {
            _connecting = true;
            Apply();
        }
        else
        {
            Loop!.Execute(static (events, outcome) => ((ITransportEvents)events).OnConnected((SocketError)outcome), _events, result.Error);
        }
    }

    /// <summary>Writes the address of the peer, where it is known; else nothing.</summary>
    /// <returns>The number of bytes: 0, 4 or 16.</returns>
    public int WritePeerIPAddress(Span<byte> destination)
    {
        if (!KnowsPeer)
        {
            return 0;
        }

        ReadOnlySpan<byte> address = _peer;
        ReadOnlySpan<byte> ip = BitConverter.ToUInt16(address) switch
        {
            Constants.FamilyInternet => address.Slice(IPv4Offset, IPv4Length),
            Constants.FamilyInternet6 => WithoutMapping(address.Slice(IPv6Offset, LongestIPAddress)),
            _ => [],
        };
        ip.CopyTo(destination);
        return ip.Length;
    }

    // An IPv4 peer of a dual-stack socket is shown as what it is.
    private static ReadOnlySpan<byte> WithoutMapping(ReadOnlySpan<byte> address) => address.StartsWith(MappedPrefix) ? address[MappedPrefix.Length..] : address;

    public TransportResult Receive(Span<byte> buffer)
    {
        TransportResult result = SocketCalls.Receive(Descriptor, buffer);
        if (result is { Succeeded: true, Count: 0 })
        {
            // Its end is known: not to be told once more.
            _peerEnded = true;
        }

        return result;
    }

    public TransportResult Send(ReadOnlySpan<byte> bytes) => SocketCalls.Send(Descriptor, bytes);

    public TransportResult SendMany(IList<ArraySegment<byte>> segments)
    {
        int count = segments.Count;
        IoVector* vectors = stackalloc IoVector[count];
        Span<GCHandle> pins = stackalloc GCHandle[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                ArraySegment<byte> segment = segments[i];
                pins[i] = GCHandle.Alloc(segment.Array, GCHandleType.Pinned);
                vectors[i] = new IoVector { Base = (byte*)pins[i].AddrOfPinnedObject() + segment.Offset, Length = (nuint)segment.Count };
            }

            return SocketCalls.Send(Descriptor, new ReadOnlySpan<IoVector>(vectors, count));
        }
        finally
        {
            foreach (GCHandle pin in pins)
            {
                if (pin.IsAllocated)
                {
                    pin.Free();
                }
            }
        }
    }

    public void WantRead(bool wanted)
    {
        _readWanted = wanted;

        // No longer wanted is told when it happens the next time: mostly it is wanted again before that.
        if (wanted)
        {
            Apply();
        }
    }

    public void WantWrite(bool wanted)
    {
        _writeWanted = wanted;
        Apply();
    }

    public SocketError Shutdown(SocketShutdown how) => SocketCalls.Shutdown(Descriptor, how);

    public int GetOption(SocketOptionCode code, Span<byte> value) => SocketCalls.GetOption(Descriptor, code.Level, code.Name, value);

    public void SetOption(SocketOptionCode code, ReadOnlySpan<byte> value)
    {
        _mayLinger |= code == SocketOptionCode.Linger;
        SocketCalls.SetOption(Descriptor, code.Level, code.Name, value);
    }

    public void SetLinger(bool on, int seconds)
    {
        _mayLinger |= on;
        SocketCalls.SetLinger(Descriptor, on, seconds);
    }

    public void PrepareReset()
    {
        if (Descriptor >= 0)
        {
            try
            {
                SocketCalls.SetLinger(Descriptor, on: true, seconds: 0);
            }
            catch (SocketException)
            {
                // A unix socket knows no reset, and one that was reset already has nothing left to drop.
            }
        }
    }

    public void Close()
    {
        if (_mayLinger && Descriptor >= 0)
        {
            // Our own close has had its time; the system's would stand still until the peer has acknowledged everything, and the loop with it.
            SocketCalls.StopLingering(Descriptor);
        }

        CloseDescriptor();
    }

    protected override void Handle(EpollInterest happened)
    {
        if (_connecting)
        {
            FinishConnect();
            return;
        }

        if (!_peerEnded && (happened & EpollInterest.PeerEnded) != 0)
        {
            _peerEnded = true;
            _events!.OnPeerEnded();
        }

        bool broken = (happened & (EpollInterest.Error | EpollInterest.HangUp)) != 0;
        if (_readWanted && (broken || (happened & (EpollInterest.Read | EpollInterest.PeerEnded)) != 0))
        {
            _events!.OnReadable();
        }
        else if (broken)
        {
            HandleBreak();
        }

        if (_writeWanted && Descriptor >= 0 && (broken || (happened & EpollInterest.Write) != 0))
        {
            _events!.OnWritable();
        }
    }

    protected override void OnUnwatched() => _events!.OnBroken(SocketError.NoBufferSpaceAvailable);

    private void FinishConnect()
    {
        _connecting = false;
        _isFresh = false;
        _events!.OnConnected(SocketCalls.TakeError(Descriptor));
    }

    // Nobody reads just now. A reset is told all the same; the end of both directions waits behind what was not read yet.
    private void HandleBreak()
    {
        SocketError error = SocketCalls.TakeError(Descriptor);
        if (error != SocketError.Success)
        {
            _events!.OnBroken(error);
        }
        else if (!_writeWanted)
        {
            _peerEnded = true;
            Hide();
        }
    }
}
