using System.Net.Sockets;

namespace DotNetty.Transport.Channels;

/// <summary>
/// A server channel could not accept. It has stopped reading; a handler resumes it by <see cref="IChannelHandlerContext.Read"/>.
/// </summary>
public sealed class AcceptException : ChannelException
{
    public AcceptException(AcceptErrorKind kind, SocketError error)
        : base($"accept failed: {error} ({kind})", new SocketException((int)error))
    {
        Kind = kind;
        Error = error;
    }

    public AcceptErrorKind Kind { get; }

    public SocketError Error { get; }
}
