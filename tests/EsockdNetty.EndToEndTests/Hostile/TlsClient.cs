using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>What a client of the TLS listener asks for, and the first bytes it sends.</summary>
internal static class TlsClient
{
    private const string ServerName = "localhost";

    private static readonly X509Certificate2 Authority = X509CertificateLoader.LoadCertificateFromFile(Certificates.Authority);

    /// <summary>One version, the server judged by the development authority, every handshake a whole one.</summary>
    public static SslClientAuthenticationOptions Options(SslProtocols protocol = SslProtocols.None) => new()
    {
        TargetHost = ServerName,
        EnabledSslProtocols = protocol,
        AllowTlsResume = false,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { Authority },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
    };

    /// <summary>A ClientHello as the system's library sends it, with its record header.</summary>
    public static byte[] Hello(SslProtocols protocol)
    {
        using var sent = new MemoryStream();
        using var tls = new SslStream(new OneWayStream(sent));
        Assert.ThrowsAny<IOException>(() => tls.AuthenticateAsClient(Options(protocol)));
        return sent.ToArray();
    }
}
