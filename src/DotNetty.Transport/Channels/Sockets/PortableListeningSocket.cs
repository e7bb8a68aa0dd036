using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A listening <see cref="Socket"/>. An accept is begun only when one is wanted, so that nothing is accepted that nobody asked for; its
/// result waits until <see cref="Accept"/> takes it.
/// </summary>
internal sealed class PortableListeningSocket : IListeningSocket
{
    private readonly Socket _given;
    private readonly Socket _socket;
    private readonly SocketReadiness _accept;
    private readonly Func<SocketAsyncEventArgs, bool> _acceptAsync;
    private IEventLoop? _loop;
    private ITransportEvents? _events;
    private bool _wanted;
    private bool _ended;
    private bool _closed;
    private SocketFile? _file;
    private UnixFileMode? _mode;
    private SocketIdentity? _givenIdentity;

    public PortableListeningSocket(Socket socket)
    {
        _given = socket;
        _socket = AdoptedSocketFile.Of(socket);
        _accept = new SocketReadiness(OnAcceptEnded);
        _acceptAsync = BeginAccept;
    }

    public int Descriptor => _closed ? -1 : (int)_socket.SafeHandle.DangerousGetHandle();

    public EndPoint? LocalEndPoint => _closed ? null : _socket.LocalEndPoint;

    public bool AcceptsAhead => true;

    public bool AcceptBegun => !_closed && (_accept.Armed || _ended);

    public bool AcceptUnderWay => !_closed && _accept.Armed && (_accept.AcceptSocket is not null || SomeoneWaits());

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

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _loop = loop;
        _events = events;
        Identity ??= SocketIdentity.Of(new PortableOptionSocket(_socket));
        _givenIdentity ??= SocketIdentity.Of(new PortableOptionSocket(_given));
    }

    public void ChangeBacklog(int backlog) => _socket.Listen(backlog);

    public void Listen(EndPoint local, int backlog)
    {
        if (local is UnixDomainSocketEndPoint unix)
        {
            BindFile(unix);
        }
        else
        {
            _socket.Bind(local);
        }

        _socket.Listen(backlog);
    }

    public TransportResult Accept(out ITransportSocket? child)
    {
        child = null;
        if (!_ended && (_accept.Armed || !SomeoneWaits() || !_accept.TryComplete(_loop!, _acceptAsync)))
        {
            return TransportResult.WouldBlock;
        }

        _ended = false;
        return TakeResult(out child);
    }

    // Before it listens nobody can connect, whatever the permissions.
    private void BindFile(UnixDomainSocketEndPoint unix)
    {
        SocketFileEndPoint.Bind(_socket, unix);
        _file = SocketFile.Of(unix.ToString());
        UnixMode = _mode;
    }

    // Asked first, since an accept that is begun takes the next connection whether it is still wanted then or not.
    private bool SomeoneWaits()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The accept will show what is wrong.
            return true;
        }
    }

    public void WantAccept(bool wanted)
    {
        _wanted = wanted;
        if (!wanted || _closed)
        {
            return;
        }

        if (_ended)
        {
            _loop!.Execute(static listener => ((PortableListeningSocket)listener!).ReportIfWanted(), this);
        }
        else if (!_accept.Armed)
        {
            _accept.Start(_loop!, _acceptAsync);
        }
    }

    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _file?.Remove();
        Close(_socket, Identity);
        if (_given != _socket)
        {
            Close(_given, _givenIdentity);
        }

        if (!_accept.Armed)
        {
            DropResult();
        }
    }

    private static void Close(Socket socket, SocketIdentity? identity)
    {
        if (identity is { IsOurs: false })
        {
            Abandon(socket);
        }
        else
        {
            socket.Dispose();
        }
    }

    // The number is somebody else's by now, and whoever disposes or finalizes the socket would close it. So nobody does.
    private static void Abandon(Socket socket)
    {
#pragma warning disable CA1816 // It is not about a Dispose of our own.
        GC.SuppressFinalize(socket.SafeHandle);
        GC.SuppressFinalize(socket);
#pragma warning restore CA1816
    }

    private bool BeginAccept(SocketAsyncEventArgs accept)
    {
        accept.AcceptSocket = null;
        return _socket.AcceptAsync(accept);
    }

    private void OnAcceptEnded(SocketReadiness accept)
    {
        _ended = true;
        if (_closed)
        {
            DropResult();
        }
        else
        {
            ReportIfWanted();
        }
    }

    private void ReportIfWanted()
    {
        if (_wanted && _ended && !_closed)
        {
            _events!.OnReadable();
        }
    }

    private TransportResult TakeResult(out ITransportSocket? child)
    {
        Socket? socket = _accept.AcceptSocket;
        _accept.AcceptSocket = null;
        if (_accept.SocketError != SocketError.Success || socket is null)
        {
            socket?.Dispose();
            child = null;
            return TransportResult.Failed(_accept.SocketError);
        }

        child = Adopt(socket);
        return TransportResult.Of(1);
    }

    private static PortableStreamSocket Adopt(Socket socket)
    {
        try
        {
            return new PortableStreamSocket(socket);
        }
        catch
        {
            // Nobody else has it: its peer would wait until the collector finds it.
            socket.Dispose();
            throw;
        }
    }

    // Accepted while we closed: nobody will ever serve it.
    private void DropResult()
    {
        _accept.AcceptSocket?.Dispose();
        _accept.Dispose();
    }
}
