using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

public sealed partial class ClientTlsSettings
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private SslClientAuthenticationOptions? _options;

    internal override bool IsServer => false;

    internal override bool ExpectsCertificate => true;

    internal override Task Authenticate(SslStream stream, bool isUserStream) => stream.AuthenticateAsClientAsync(_options ??= CreateOptions());

    private SslClientAuthenticationOptions CreateOptions()
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = TargetHost,
            EnabledSslProtocols = EnabledProtocols,
            CertificateRevocationCheckMode = RevocationMode,
            CertificateChainPolicy = CreateChainPolicy(ServerAuthentication),
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = RemoteCertificateValidation,
        };
        if (ApplicationProtocols.Count > 0)
        {
            options.ApplicationProtocols = [.. ApplicationProtocols];
        }

        AddCertificates(options);
        if (!OperatingSystem.IsWindows())
        {
            options.CipherSuitesPolicy = CipherSuitesPolicy;
        }

        return options;
    }

    // A single certificate gets its chain once and offline; of several the library picks one by what the server asks for.
    private void AddCertificates(SslClientAuthenticationOptions options)
    {
        if (Certificates.Count == 1 && Certificates.First() is X509Certificate2 { HasPrivateKey: true } only)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(only, additionalCertificates: null, offline: true);
        }
        else if (Certificates.Count > 0)
        {
            options.ClientCertificates = [.. Certificates];
        }
    }
}
