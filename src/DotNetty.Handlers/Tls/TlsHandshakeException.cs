using System.Security.Authentication;

namespace DotNetty.Handlers.Tls;

/// <summary>A handshake that this side gave up for a reason of its own: late, cut off or too big.</summary>
public sealed class TlsHandshakeException : AuthenticationException
{
    /// <summary>Names the reason and says it in words.</summary>
    public TlsHandshakeException(TlsHandshakeFailure reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why the handshake was given up.</summary>
    public TlsHandshakeFailure Reason { get; }
}
