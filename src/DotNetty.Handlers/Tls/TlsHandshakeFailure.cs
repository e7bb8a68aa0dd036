namespace DotNetty.Handlers.Tls;

/// <summary>Why this side gave a handshake up, other than what the TLS library found wrong.</summary>
public enum TlsHandshakeFailure
{
    /// <summary>Not done within <see cref="TlsSettings.HandshakeTimeout"/>.</summary>
    TimedOut,

    /// <summary>The connection ended before the handshake did.</summary>
    Closed,

    /// <summary>A ClientHello above 64 KiB was announced.</summary>
    ClientHelloTooLarge,

    /// <summary>More than 256 KiB were received before the handshake was done.</summary>
    TooMuchInput,

    /// <summary>The ClientHello of a connection whose settings are chosen by name could not be read, or names what no host can be called.</summary>
    MalformedClientHello,

    /// <summary>The name a client asked for is nobody's here: the choice of settings had no answer.</summary>
    UnknownServerName,

    /// <summary>The choice of settings by name failed; the inner exception says why.</summary>
    SelectionFailed,
}
