#nullable disable

using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>What both sides of a TLS connection can be told. One settings object serves any number of connections.</summary>
public abstract partial class TlsSettings
{
    protected TlsSettings(SslProtocols enabledProtocols, bool checkCertificateRevocation)
    {
        EnabledProtocols = enabledProtocols;
        RevocationMode = checkCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
    }

    /// <summary>Versions offered or taken. Default: TLS 1.2 and 1.3. None leaves the choice to the operating system.</summary>
    public SslProtocols EnabledProtocols { get; }

    /// <summary>Whether the peer's certificate is looked up in revocation lists. Default: false.</summary>
    public bool CheckCertificateRevocation => RevocationMode != X509RevocationMode.NoCheck;
}
