using System.Net.Security;
using System.Security.Authentication;
using DotNetty.Handlers.Tls;

namespace EsockdNetty.Connections;

/// <summary>What a connection's handshake agreed on.</summary>
/// <param name="Protocol">The version of TLS.</param>
/// <param name="CipherSuite">The cipher suite.</param>
/// <param name="ApplicationProtocol">The protocol chosen by ALPN; empty when none was.</param>
/// <param name="ServerName">The name the client asked for (SNI); empty when it asked for none. Text of the peer's.</param>
/// <param name="ClientSubject">The subject of the client's certificate; null when it gave none. Text of the peer's, in a certificate that was accepted.</param>
/// <param name="IsSessionReused">An earlier session was resumed.</param>
public sealed record TlsFacts(SslProtocols Protocol, TlsCipherSuite CipherSuite, string ApplicationProtocol, string ServerName, string? ClientSubject, bool IsSessionReused)
{
    internal static TlsFacts? Of(TlsHandler handler) => handler.Protocol == SslProtocols.None
        ? null
        : new TlsFacts(
            handler.Protocol,
            handler.CipherSuite,
            handler.ApplicationProtocol.ToString(),
            handler.ServerName,
            handler.RemoteCertificate?.Subject,
            handler.IsSessionReused);
}
