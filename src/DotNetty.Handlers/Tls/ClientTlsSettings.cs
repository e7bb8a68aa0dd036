#nullable disable

using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>A client's side of TLS: the name of the server it wants and the certificates it can show.</summary>
public sealed partial class ClientTlsSettings : TlsSettings
{
    public ClientTlsSettings(string targetHost)
        : this(targetHost, [])
    {
    }

    public ClientTlsSettings(string targetHost, List<X509Certificate> certificates)
        : this(false, certificates, targetHost)
    {
    }

    public ClientTlsSettings(bool checkCertificateRevocation, List<X509Certificate> certificates, string targetHost)
        : this(DefaultProtocols, checkCertificateRevocation, certificates, targetHost)
    {
    }

    public ClientTlsSettings(SslProtocols enabledProtocols, bool checkCertificateRevocation, List<X509Certificate> certificates, string targetHost)
        : base(enabledProtocols, checkCertificateRevocation)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(targetHost);
        Certificates = certificates.ToArray();
        TargetHost = targetHost;
    }

    /// <summary>What the client can show when asked; their private keys come with them.</summary>
    public IReadOnlyCollection<X509Certificate> Certificates { get; }

    /// <summary>The name sent to the server (SNI) and looked for in its certificate.</summary>
    public string TargetHost { get; }
}
