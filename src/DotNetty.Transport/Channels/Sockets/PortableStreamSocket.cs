using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A stream over <see cref="Socket"/>. Readability is a receive of no bytes, which completes when there are some. There is no such send, so a
/// send that would wait is begun with a copy of its first bytes; they count as sent when the channel sends them again.
/// </summary>
internal sealed class PortableStreamSocket : ITransportSocket
{
    private const int LargestProbe = 4096;

    private readonly Socket _socket;
    private readonly Func<SocketAsyncEventArgs, bool> _receiveAsync;
    private IEventLoop? _loop;
    private ITransportEvents? _events;
    private SocketReadiness? _read;
    private SocketReadiness? _write;
    private byte[]? _probe;
    private int _accepted;
    private SocketError _writeError;
    private SocketError _readError;
    private bool _readWanted;
    private bool _writeWanted;
    private bool _closed;

    public PortableStreamSocket(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
        _receiveAsync = _socket.ReceiveAsync;
    }

    /// <summary>For the options that only the socket itself knows.</summary>
    public Socket Socket => _socket;

    public int Descriptor => _closed ? -1 : (int)_socket.SafeHandle.DangerousGetHandle();

    public EndPoint? LocalEndPoint => _closed ? null : _socket.LocalEndPoint;

    public EndPoint? RemoteEndPoint => _closed ? null : _socket.RemoteEndPoint;

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _loop = loop;
        _events = events;
    }

    public void Bind(EndPoint local) => _socket.Bind(local);

    public void Connect(EndPoint remote)
    {
        var connect = new SocketReadiness(OnConnectEnded) { RemoteEndPoint = remote };
        connect.Start(_loop!, _socket.ConnectAsync);
    }

    public TransportResult Receive(Span<byte> buffer)
    {
        int count;
        SocketError error;
        try
        {
            count = _socket.Receive(buffer, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }

        if (count == 0 && _readError != SocketError.Success)
        {
            // The system tells an error once, and told it to the wait for readability. What follows a reset would look like an end.
            return TransportResult.Failed(_readError);
        }

        return error == SocketError.Success ? TransportResult.Of(count) : TransportResult.Failed(error);
    }

    public TransportResult Send(ReadOnlySpan<byte> bytes)
    {
        if (SendUnderWay(bytes.Length) is { } result)
        {
            return result;
        }

        try
        {
            int count = _socket.Send(bytes, SocketFlags.None, out SocketError error);
            return Sent(count, error, bytes);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }
    }

    public TransportResult SendMany(IList<ArraySegment<byte>> segments)
    {
        if (SendUnderWay(Total(segments)) is { } result)
        {
            return result;
        }

        try
        {
            int count = _socket.Send(segments, SocketFlags.None, out SocketError error);
            return Sent(count, error, segments[0]);
        }
        catch (ObjectDisposedException)
        {
            return TransportResult.Failed(SocketError.OperationAborted);
        }
    }

    public void WantRead(bool wanted)
    {
        _readWanted = wanted;
        if (!wanted || _closed)
        {
            return;
        }

        _read ??= NewRead();
        if (!_read.Armed)
        {
            _read.Start(_loop!, _receiveAsync);
        }
    }

    public void WantWrite(bool wanted) => _writeWanted = wanted;

    public SocketError Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
            return SocketError.Success;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.OperationAborted;
        }
    }

    public void PrepareReset()
    {
        if (_closed || _socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Reset already, or disposed by who handed it in: there is nothing left to drop.
        }
    }

    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        StopLingering();
        _socket.Dispose();
        DisposeIfIdle(_read);
        DisposeIfIdle(_write);
    }

    // Our own close has had its time; the system's would stand still until the peer has acknowledged everything, and the loop with it.
    private void StopLingering()
    {
        try
        {
            if (_socket.LingerState is { Enabled: true, LingerTime: > 0 })
            {
                _socket.LingerState = new LingerOption(false, 0);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Reset already, or disposed by who handed it in: there is nothing left to wait for.
        }
    }

    private static void DisposeIfIdle(SocketReadiness? operation)
    {
        if (operation is { Armed: false })
        {
            operation.Dispose();
        }
    }

    private SocketReadiness NewRead()
    {
        var read = new SocketReadiness(OnReadEnded);
        read.SetBuffer(Memory<byte>.Empty);
        return read;
    }

    private void OnReadEnded(SocketReadiness read)
    {
        if (_closed)
        {
            read.Dispose();
        }
        else
        {
            _readError = read.SocketError;
            if (_readWanted)
            {
                // Also after an error: the receive that follows shows it.
                _events!.OnReadable();
            }
        }
    }

    /// <summary>The answer to a send while an earlier one is under way, or has ended and is not accounted for.</summary>
    private TransportResult? SendUnderWay(int length)
    {
        if (_writeError != SocketError.Success)
        {
            return TransportResult.Failed(_writeError);
        }

        if (_accepted > 0)
        {
            int count = Math.Min(_accepted, length);
            _accepted -= count;
            return TransportResult.Of(count);
        }

        return _write is { Armed: true } ? TransportResult.WouldBlock : null;
    }

    // A sum by LINQ would cost an enumerator for every send.
    private static int Total(IList<ArraySegment<byte>> segments)
    {
        int bytes = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            bytes += segments[i].Count;
        }

        return bytes;
    }

    private TransportResult Sent(int count, SocketError error, ReadOnlySpan<byte> first)
    {
        if (error == SocketError.Success)
        {
            return TransportResult.Of(count);
        }

        if ((error == SocketError.WouldBlock || error == SocketError.IOPending) && _loop is not null)
        {
            BeginSend(first);
            return TransportResult.WouldBlock;
        }

        return TransportResult.Failed(error);
    }

    private void BeginSend(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, LargestProbe);
        _probe ??= ArrayPool<byte>.Shared.Rent(LargestProbe);
        bytes[..length].CopyTo(_probe);
        _write ??= new SocketReadiness(OnSendEnded);
        _write.SetBuffer(_probe, 0, length);
        _write.Start(_loop!, _socket.SendAsync);
    }

    private void OnSendEnded(SocketReadiness write)
    {
        ArrayPool<byte>.Shared.Return(_probe!);
        _probe = null;
        write.SetBuffer(null, 0, 0);
        if (_closed)
        {
            write.Dispose();
            return;
        }

        _accepted = write.BytesTransferred;
        _writeError = write.SocketError;
        if (_writeWanted)
        {
            _events!.OnWritable();
        }
    }

    private void OnConnectEnded(SocketReadiness connect)
    {
        SocketError outcome = connect.SocketError;
        connect.Dispose();
        if (!_closed)
        {
            _events!.OnConnected(outcome);
        }
    }
}
