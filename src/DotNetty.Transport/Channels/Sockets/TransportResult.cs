using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>What one call to the system gave: a count, "would block", or an error. A receive of 0 bytes is the peer's FIN.</summary>
internal readonly record struct TransportResult
{
    // The count, or the system's own number of the error: two words of four bytes come back in a register.
    private readonly int _number;

    private TransportResult(int number, SocketError error)
    {
        _number = number;
        Error = error;
    }

    public static TransportResult WouldBlock => new(0, SocketError.WouldBlock);

    public SocketError Error { get; }

    public int Count => Succeeded ? _number : 0;

    /// <summary>The errno of what failed; 0 where it is not known.</summary>
    public int NativeError => Succeeded ? 0 : _number;

    public bool Succeeded => Error == SocketError.Success;

    public bool MustWait => Error == SocketError.WouldBlock;

    public static TransportResult Of(int count) => new(count, SocketError.Success);

    public static TransportResult Failed(SocketError error, int nativeError = 0) => new(nativeError, error);
}
