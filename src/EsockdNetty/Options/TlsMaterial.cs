using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace EsockdNetty;

/// <summary>
/// What a listener's TLS options name, loaded once: a change of another option never reads a file again, so one that was replaced on disk meanwhile
/// is not taken by accident.
/// </summary>
internal sealed class TlsMaterial
{
    private readonly CertificateSource _source;
    private readonly string? _authoritiesPath;
    private readonly SslStreamCertificateContext _context;
    private readonly X509Certificate2Collection? _authorities;

    private TlsMaterial(TlsOptions options, SslStreamCertificateContext context, X509Certificate2Collection? authorities)
    {
        _source = options.Certificate!;
        _authoritiesPath = options.ClientAuthorities;
        _context = context;
        _authorities = authorities;
    }

    /// <summary>Null, and faults, where a file is missing or wrong.</summary>
    public static TlsMaterial? Load(TlsOptions options, OptionFaults faults)
    {
        int before = faults.All.Count;
        SslStreamCertificateContext? context = options.Certificate?.Load(faults);
        X509Certificate2Collection? authorities = LoadAuthorities(options.ClientAuthorities, faults);
        return context is null || faults.All.Count > before ? null : new TlsMaterial(options, context, authorities);
    }

    /// <summary>True when these options name the same certificate and the same authorities.</summary>
    public bool Serves(TlsOptions options) => ReferenceEquals(options.Certificate, _source) && options.ClientAuthorities == _authoritiesPath;

    /// <summary>What the handlers of a listener's connections share: one certificate context for all of them.</summary>
    public ServerTlsSettings ToSettings(CommonListenerOptions options)
    {
        TlsOptions tls = options.Tls;
        return new ServerTlsSettings(_context.TargetCertificate, false, false, tls.Protocols)
        {
            CertificateContext = _context,
            ClientCertificateMode = tls.ClientCertificates,
            RemoteCertificateValidation = tls.ClientCertificates == ClientCertificateMode.None ? null : tls.ClientValidation,
            TrustedAuthorities = _authorities,
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
