using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using DotNetty.Handlers.Tls;

namespace EsockdNetty;

/// <summary>How a listener speaks TLS. Only <c>ssl://</c> listeners look at it.</summary>
public sealed class TlsOptions
{
    /// <summary>The server's certificate and key. An <c>ssl://</c> listener needs one.</summary>
    public CertificateSource? Certificate { get; set; }

    /// <summary>Versions taken. Default: TLS 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Whether clients are asked for a certificate. Default: None.</summary>
    public ClientCertificateMode ClientCertificates { get; set; } = ClientCertificateMode.None;

    /// <summary>A PEM file with the authorities whose clients are let in, instead of the machine's. Default: null.</summary>
    public string? ClientAuthorities { get; set; }

    /// <summary>Judges the client's certificate after its chain was built, which it sees; must not block. Default: null, the chain must be without fault.</summary>
    public RemoteCertificateValidationCallback? ClientValidation { get; set; }

    /// <summary>Application protocols taken (ALPN), in order of preference. Default: none.</summary>
    public IList<string> Alpn { get; private set; } = [];

    internal void Validate(OptionFaults faults, bool isTls)
    {
        if (isTls && Certificate is null)
        {
            faults.Add("Tls:Certificate", null, "give the server's certificate and key, e.g. CertificateSource.Pem(\"site.pem\", \"site-key.pem\")");
        }

        const SslProtocols Supported = SslProtocols.Tls12 | SslProtocols.Tls13;
        if ((Protocols & ~Supported) != 0 || Protocols == SslProtocols.None)
        {
            faults.Add("Tls:Protocols", Protocols, "use Tls12, Tls13 or both");
        }

        faults.Defined("Tls:ClientCertificates", ClientCertificates);
        foreach (string protocol in Alpn.Where(static protocol => Encoding.UTF8.GetByteCount(protocol ?? "") is 0 or > 255))
        {
            faults.Add("Tls:Alpn", $"'{protocol}'", "use names of 1 to 255 bytes");
        }
    }

    internal TlsOptions Copy()
    {
        var copy = (TlsOptions)MemberwiseClone();
        copy.Alpn = [.. Alpn];
        return copy;
    }
}
