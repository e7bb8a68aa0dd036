using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Datagrams over <see cref="Socket"/>. Readability is a look at the next datagram that takes nothing of it. There is no such send, so a send
/// that would wait is begun with a copy of the datagram; it counts as sent when the channel sends it again.
/// </summary>
internal sealed class PortableDatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;
    private readonly DatagramAddresses _addresses;
    private readonly Func<SocketAsyncEventArgs, bool> _lookAsync;
    private readonly SocketReadiness _look;
    private IEventLoop? _loop;
    private ITransportEvents? _events;
    private SocketReadiness? _send;
    private byte[]? _copy;
    private EndPoint? _bound;
    private SocketError _lookError;
    private bool _looked;
    private bool _sendEnded;
    private bool _connected;
    private bool _readWanted;
    private bool _writeWanted;
    private bool _closed;

    public PortableDatagramSocket(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
        _connected = socket.Connected;
        _bound = socket.LocalEndPoint;
        _addresses = new DatagramAddresses(socket.AddressFamily);
        _lookAsync = _socket.ReceiveAsync;
        _look = new SocketReadiness(OnLookEnded) { SocketFlags = SocketFlags.Peek };
        _look.SetBuffer(Memory<byte>.Empty);
    }

    public int Descriptor => _closed ? -1 : (int)_socket.SafeHandle.DangerousGetHandle();

    // .NET goes on showing the address a connect chose after that connect was undone.
    public EndPoint? LocalEndPoint => _closed ? null : _connected ? _socket.LocalEndPoint : _bound;

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _loop = loop;
        _events = events;
    }

    public void Bind(EndPoint local)
    {
        _socket.Bind(local);
        _bound = _socket.LocalEndPoint;
    }

    public void Connect(IPEndPoint remote)
    {
        if (_bound is null)
        {
            // The system would do it too, but without saying which port is to be kept.
            Bind(new IPEndPoint(AnyAddress, 0));
        }

        Associate(remote);
        _connected = true;
    }

    public void Disconnect()
    {
        Associate(OperatingSystem.IsWindows() ? new IPEndPoint(AnyAddress, 0) : new NoPeer(_socket.AddressFamily));
        _connected = false;
        BindAgain();
    }

    public TransportResult Receive(Span<byte> buffer, out IPEndPoint? sender)
    {
        sender = null;
        if (!_looked && !LookNow())
        {
            return TransportResult.WouldBlock;
        }

        _looked = false;
        if (_lookError != SocketError.Success)
        {
            SocketError error = _lookError;
            _lookError = SocketError.Success;
            return TransportResult.Failed(error);
        }

        return Take(buffer, out sender);
    }

    public TransportResult Send(ReadOnlySpan<byte> datagram, IPEndPoint? recipient)
    {
        if (_sendEnded)
        {
            _sendEnded = false;
            return _send!.SocketError == SocketError.Success ? TransportResult.Of(datagram.Length) : TransportResult.Failed(_send.SocketError);
        }

        if (_send is { Armed: true })
        {
            return TransportResult.WouldBlock;
        }

        TransportResult result = recipient is null ? SendToPeer(datagram) : SendTo(datagram, recipient);
        if (result.MustWait)
        {
            BeginSend(datagram, recipient);
        }

        return result;
    }

    public void WantRead(bool wanted)
    {
        _readWanted = wanted;
        if (!wanted || _closed)
        {
            return;
        }

        if (_looked)
        {
            _loop!.Execute(static socket => ((PortableDatagramSocket)socket!).ReportIfWanted(), this);
        }
        else if (!_look.Armed)
        {
            _look.Start(_loop!, _lookAsync);
        }
    }

    public void WantWrite(bool wanted) => _writeWanted = wanted;

    public void Join(in MulticastMembership membership) => membership.Join(_socket);

    public void Leave(in MulticastMembership membership) => membership.Leave(_socket);

    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _socket.Dispose();
        DisposeIfIdle(_look);
        DisposeIfIdle(_send);
    }

    private IPAddress AnyAddress => _socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    // Not Connect: once .NET has seen an error of a connected socket it refuses that one for ever.
    private void Associate(EndPoint remote)
    {
        using var connect = new SocketAsyncEventArgs(true) { RemoteEndPoint = remote };
        if (_socket.ConnectAsync(connect))
        {
            throw new NotSupportedException("The system did not connect a datagram socket at once.");
        }

        // BSD says so of the address that means no peer, and does it.
        if (connect.SocketError != SocketError.Success && (remote is not NoPeer || connect.SocketError != SocketError.AddressFamilyNotSupported))
        {
            throw new SocketException((int)connect.SocketError);
        }
    }

    /// <summary>Linux gives a port that it chose itself back with the peer.</summary>
    private void BindAgain()
    {
        try
        {
            _socket.Bind(_bound!);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.InvalidArgument)
        {
            // Still bound.
        }
    }

    private bool LookNow()
    {
        if (_look.Armed || !_look.TryComplete(_loop!, _lookAsync))
        {
            return false;
        }

        TakeLook();
        return true;
    }

    private void OnLookEnded(SocketReadiness look)
    {
        if (_closed)
        {
            look.Dispose();
            return;
        }

        TakeLook();
        ReportIfWanted();
    }

    // Windows says of a datagram it was asked to show nothing of that it is too large.
    private void TakeLook()
    {
        _looked = true;
        _lookError = _look.SocketError == SocketError.MessageSize && OperatingSystem.IsWindows() ? SocketError.Success : _look.SocketError;
    }

    private void ReportIfWanted()
    {
        if (_readWanted && _looked && !_closed)
        {
            _events!.OnReadable();
        }
    }

    private TransportResult Take(Span<byte> buffer, out IPEndPoint? sender)
    {
        sender = null;
        try
        {
            int count = _socket.ReceiveFrom(buffer, SocketFlags.None, _addresses.From);
            sender = _addresses.Sender();
            return TransportResult.Of(count);
        }
        catch (SocketException fault)
        {
            return TransportResult.Failed(fault.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }
    }

    private TransportResult SendToPeer(ReadOnlySpan<byte> datagram)
    {
        try
        {
            int count = _socket.Send(datagram, SocketFlags.None, out SocketError error);
            return error == SocketError.Success ? TransportResult.Of(count) : TransportResult.Failed(error);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }
    }

    private TransportResult SendTo(ReadOnlySpan<byte> datagram, IPEndPoint recipient)
    {
        if (_addresses.To(recipient) is not { } address)
        {
            return TransportResult.Failed(SocketError.AddressFamilyNotSupported);
        }

        try
        {
            return TransportResult.Of(_socket.SendTo(datagram, SocketFlags.None, address));
        }
        catch (SocketException fault)
        {
            return TransportResult.Failed(fault.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }
    }

    private void BeginSend(ReadOnlySpan<byte> datagram, IPEndPoint? recipient)
    {
        _copy = ArrayPool<byte>.Shared.Rent(datagram.Length);
        datagram.CopyTo(_copy);
        _send ??= new SocketReadiness(OnSendEnded);
        _send.SetBuffer(_copy, 0, datagram.Length);
        _send.RemoteEndPoint = recipient;
        _send.Start(_loop!, recipient is null ? _socket.SendAsync : _socket.SendToAsync);
    }

    private void OnSendEnded(SocketReadiness send)
    {
        ArrayPool<byte>.Shared.Return(_copy!);
        _copy = null;
        send.SetBuffer(null, 0, 0);
        if (_closed)
        {
            send.Dispose();
            return;
        }

        _sendEnded = true;
        if (_writeWanted)
        {
            _events!.OnWritable();
        }
    }

    private static void DisposeIfIdle(SocketReadiness? operation)
    {
        if (operation is { Armed: false })
        {
            operation.Dispose();
        }
    }

    /// <summary>The address of the family AF_UNSPEC, by which connect(2) undoes an earlier one.</summary>
    private sealed class NoPeer(AddressFamily family) : EndPoint
    {
        // .NET asks whether the socket can reach it.
        public override AddressFamily AddressFamily => family;

        public override SocketAddress Serialize() => new(AddressFamily.Unspecified);
    }
}
