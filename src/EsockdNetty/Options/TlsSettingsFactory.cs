using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace EsockdNetty;

/// <summary>Turns a listener's TLS options into what its handlers share: one certificate context for all connections.</summary>
internal static class TlsSettingsFactory
{
    /// <summary>Null, and faults, where a file is missing or wrong.</summary>
    public static ServerTlsSettings? Create(ListenerOptions options, OptionFaults faults)
    {
        TlsOptions tls = options.Tls;
        SslStreamCertificateContext? context = tls.Certificate?.Load(faults);
        X509Certificate2Collection? authorities = LoadAuthorities(tls.ClientAuthorities, faults);
        if (context is null || faults.All.Count > 0)
        {
            return null;
        }

        return new ServerTlsSettings(context.TargetCertificate, false, false, tls.Protocols)
        {
            CertificateContext = context,
            ClientCertificateMode = tls.ClientCertificates,
            RemoteCertificateValidation = tls.ClientCertificates == ClientCertificateMode.None ? null : tls.ClientValidation,
            TrustedAuthorities = authorities,
            ApplicationProtocols = [.. tls.Alpn.Select(static name => new SslApplicationProtocol(name))],
            HandshakeTimeout = options.Timeouts.Handshake,
        };
    }

    private static X509Certificate2Collection? LoadAuthorities(string? path, OptionFaults faults)
    {
        if (path is null)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add("Tls:ClientAuthorities", path, $"the file cannot be read ({fault.Message.TrimEnd('.')}): correct the path or its permissions");
            return null;
        }
        catch (CryptographicException)
        {
            // Said below: it holds no certificate.
        }

        if (authorities.Count == 0)
        {
            faults.Add("Tls:ClientAuthorities", path, "the file holds no PEM certificate: give the authorities whose clients are let in");
        }

        return authorities;
    }
}
