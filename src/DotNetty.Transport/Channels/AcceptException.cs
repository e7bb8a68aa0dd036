using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Channels;

/// <summary>
/// A server channel could not accept. It has stopped reading; a handler resumes it by <see cref="IChannelHandlerContext.Read"/>.
/// </summary>
public sealed class AcceptException : ChannelException
{
    /// <summary>An error whose own number is not known: <see cref="NativeErrorCode"/> is what .NET makes of <paramref name="error"/>.</summary>
    public AcceptException(AcceptErrorKind kind, SocketError error)
        : this(kind, error, new SocketException((int)error).NativeErrorCode, error.ToString())
    {
    }

    /// <summary>An error with the number that accept(2) gave.</summary>
    public AcceptException(AcceptErrorKind kind, SocketError error, int nativeErrorCode)
        : this(kind, error, nativeErrorCode, AcceptErrors.NameOf(nativeErrorCode))
    {
    }

    private AcceptException(AcceptErrorKind kind, SocketError error, int nativeErrorCode, string errorName)
        : base($"accept failed: {errorName} ({kind})", new SocketException((int)error))
    {
        Kind = kind;
        Error = error;
        NativeErrorCode = nativeErrorCode;
        ErrorName = errorName;
    }

    public AcceptErrorKind Kind { get; }

    public SocketError Error { get; }

    /// <summary>The system's number. On .NET's sockets it does not tell EMFILE from ENFILE.</summary>
    public int NativeErrorCode { get; }

    /// <summary>The system's name ("EMFILE") where its number is known for certain, else .NET's ("TooManyOpenSockets").</summary>
    public string ErrorName { get; }
}
