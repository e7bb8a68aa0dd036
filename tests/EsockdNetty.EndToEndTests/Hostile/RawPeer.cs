using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A plain blocking socket: what a peer does is what the test wrote, in that order. No call takes longer than the guard.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;
    private bool _wasReset;

    /// <param name="server">Whom to connect to.</param>
    /// <param name="receiveBuffer">Bytes the system may hold for a peer that does not read; null: as it likes.</param>
    public RawPeer(IPEndPoint server, int? receiveBuffer = null)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = (int)Guard.Event.TotalMilliseconds,
            ReceiveTimeout = (int)Guard.Event.TotalMilliseconds,
        };
        if (receiveBuffer is { } size)
            _socket.ReceiveBufferSize = size;
        _socket.Connect(server);
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Sends the same bytes so many times, or until the server ends the connection.</summary>
    /// <returns>False when it did.</returns>
    public bool Flood(byte[] bytes, int times)
    {
        try
        {
            for (int i = 0; i < times; i++)
                Send(bytes);
            return true;
        }
        catch (SocketException fault) when (IsOver(fault))
        {
            return false;
        }
    }

    public int Receive(Span<byte> bytes) => _socket.Receive(bytes);

    /// <summary>Receives one byte; false when the server has ended the connection.</summary>
    public bool TakesByte()
    {
        try
        {
            return _socket.Receive(new byte[1]) == 1;
        }
        catch (SocketException fault) when (IsOver(fault))
        {
            return false;
        }
    }

    public void ReceiveExactly(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = _socket.Receive(bytes);
            bytes = count > 0 ? bytes[count..] : throw new EndOfStreamException();
        }
    }

    /// <summary>All bytes up to the server's FIN; null when it reset the connection.</summary>
    public byte[]? ReceiveToEnd()
    {
        using var all = new MemoryStream();
        byte[] part = new byte[64 * 1024];
        try
        {
            while (_socket.Receive(part) is > 0 and var count)
                all.Write(part, 0, count);
            return all.ToArray();
        }
        catch (SocketException fault) when (IsOver(fault))
        {
            return null;
        }
    }

    /// <summary>Whether the server's reset is here; an end in order and silence are none.</summary>
    public bool WasReset()
    {
        try
        {
            return _wasReset || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Receive(new byte[1]) < 0);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The system tells it once.
            return _wasReset = true;
        }
    }

    /// <summary>Ends the connection by RST.</summary>
    public void Reset() => _socket.Close(0);

    /// <summary>Ends it under the feet of whoever is sending or receiving.</summary>
    public void Abandon()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Over already.
        }
    }

    public void Dispose() => _socket.Dispose();

    // A reset in the middle of a send that had a part of its bytes out is told as a timeout by .NET: the server's counters know better.
    private static bool IsOver(SocketException fault) =>
        fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted or SocketError.TimedOut;
}
