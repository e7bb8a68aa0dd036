using System.Net.Security;
using System.Security.Authentication;

namespace DotNetty.Handlers.Tls;

/// <summary>What the handshake agreed on.</summary>
public sealed partial class TlsHandler
{
    /// <summary>The negotiated version; None before the handshake's end.</summary>
    public SslProtocols Protocol => _engine?.Protocol ?? SslProtocols.None;

    /// <summary>The negotiated cipher suite; 0 (TLS_NULL_WITH_NULL_NULL) before the handshake's end.</summary>
    public TlsCipherSuite CipherSuite => _engine?.CipherSuite ?? default;

    /// <summary>The application protocol agreed on (ALPN, RFC 7301); empty when none was.</summary>
    public SslApplicationProtocol ApplicationProtocol => _engine?.ApplicationProtocol ?? default;

    /// <summary>The server name the client asked for (SNI, RFC 6066); empty when it named none.</summary>
    public string ServerName => _engine?.ServerName ?? "";

    /// <summary>Whether the handshake took up an earlier session.</summary>
    public bool IsSessionReused => _engine?.IsSessionReused ?? false;

    /// <summary>Whether the peer has said close_notify: its data is complete. False at the end of the input means it was cut off.</summary>
    public bool IsCloseNotifyReceived => _engine?.IsCloseNotifyReceived ?? false;
}
