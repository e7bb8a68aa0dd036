#nullable disable

using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>A server's side of TLS: its certificate and what it wants of clients.</summary>
public sealed partial class ServerTlsSettings : TlsSettings
{
    public ServerTlsSettings(X509Certificate certificate)
        : this(certificate, false)
    {
    }

    /// <summary>With <paramref name="negotiateClientCertificate"/> a client certificate is required; see <see cref="ClientCertificateMode"/>.</summary>
    public ServerTlsSettings(X509Certificate certificate, bool negotiateClientCertificate)
        : this(certificate, negotiateClientCertificate, false)
    {
    }

    public ServerTlsSettings(X509Certificate certificate, bool negotiateClientCertificate, bool checkCertificateRevocation)
        : this(certificate, negotiateClientCertificate, checkCertificateRevocation, DefaultProtocols)
    {
    }

    public ServerTlsSettings(X509Certificate certificate, bool negotiateClientCertificate, bool checkCertificateRevocation, SslProtocols enabledProtocols)
        : base(enabledProtocols, checkCertificateRevocation)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        ClientCertificateMode = negotiateClientCertificate ? ClientCertificateMode.Required : ClientCertificateMode.None;
    }

    /// <summary>The server's certificate; its private key comes with it.</summary>
    public X509Certificate Certificate { get; }

    /// <summary>Whether clients are asked for a certificate at all.</summary>
    public bool NegotiateClientCertificate => ClientCertificateMode != ClientCertificateMode.None;
}
