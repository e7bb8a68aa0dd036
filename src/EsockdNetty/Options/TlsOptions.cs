using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using DotNetty.Handlers.Tls;

namespace EsockdNetty;

/// <summary>How a listener speaks TLS. Only <c>ssl://</c> listeners look at it.</summary>
public sealed class TlsOptions
{
    private Setting<CertificateSource?> _certificate;
    private Setting<SslProtocols> _protocols = new(SslProtocols.Tls12 | SslProtocols.Tls13);
    private Setting<ClientCertificateMode> _clientCertificates = new(ClientCertificateMode.None);
    private Setting<string?> _clientAuthorities;
    private Setting<RemoteCertificateValidationCallback?> _clientValidation;

    /// <summary>The server's certificate and key. An <c>ssl://</c> listener needs one.</summary>
    public CertificateSource? Certificate { get => _certificate.Value; set => _certificate.Value = value; }

    /// <summary>Versions taken. Default: TLS 1.2 and 1.3.</summary>
    public SslProtocols Protocols { get => _protocols.Value; set => _protocols.Value = value; }

    /// <summary>Whether clients are asked for a certificate. Default: None.</summary>
    public ClientCertificateMode ClientCertificates { get => _clientCertificates.Value; set => _clientCertificates.Value = value; }

    /// <summary>A PEM file with the authorities whose clients are let in, instead of the machine's. Default: null.</summary>
    public string? ClientAuthorities { get => _clientAuthorities.Value; set => _clientAuthorities.Value = value; }

    /// <summary>Judges the client's certificate after its chain was built, which it sees; must not block. Default: null, the chain must be without fault.</summary>
    public RemoteCertificateValidationCallback? ClientValidation { get => _clientValidation.Value; set => _clientValidation.Value = value; }

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

    internal void Inherit(TlsOptions general)
    {
        _certificate.Inherit(general._certificate);
        _protocols.Inherit(general._protocols);
        _clientCertificates.Inherit(general._clientCertificates);
        _clientAuthorities.Inherit(general._clientAuthorities);
        _clientValidation.Inherit(general._clientValidation);
        if (Alpn.Count == 0)
        {
            Alpn = [.. general.Alpn];
        }
    }

    internal TlsOptions Copy()
    {
        var copy = (TlsOptions)MemberwiseClone();
        copy.Alpn = [.. Alpn];
        return copy;
    }
}
