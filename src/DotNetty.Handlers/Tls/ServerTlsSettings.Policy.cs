using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

public sealed partial class ServerTlsSettings
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly bool? _allowSessionResumption;
    private SslStreamCertificateContext? _certificateContext;
    private SslServerAuthenticationOptions? _options;
    private SslServerAuthenticationOptions? _userStreamOptions;

    /// <summary>What is asked of clients. Default: Required when the constructor was told to negotiate, else None.</summary>
    public ClientCertificateMode ClientCertificateMode { get; init; }

    /// <summary>
    /// Certificate and chain as the TLS library wants them, made once for all connections (they share sessions through it). Default: made from
    /// the certificate at first use, without going to the network for missing issuers.
    /// </summary>
    public SslStreamCertificateContext CertificateContext
    {
        get => _certificateContext ?? CreateContext();
        init => _certificateContext = value;
    }

    /// <summary>
    /// Whether clients may take up earlier sessions. Default: yes where no client certificate is asked for, else no, because the platform shares
    /// sessions between all settings of one certificate in the process: a client that was not asked on one port would be refused on another
    /// that requires one. Set it where all ports of the certificate ask alike.
    /// </summary>
    public bool AllowSessionResumption
    {
        get => _allowSessionResumption ?? !NegotiateClientCertificate;
        init => _allowSessionResumption = value;
    }

    internal override bool IsServer => true;

    internal override bool ExpectsCertificate => NegotiateClientCertificate;

    internal override Task Authenticate(SslStream stream, bool isUserStream) =>
        stream.AuthenticateAsServerAsync(isUserStream
            ? _userStreamOptions ??= CreateOptions(RemoteCertificateValidation)
            : _options ??= CreateOptions(Validation));

    private SslStreamCertificateContext CreateContext()
    {
        X509Certificate2 certificate = Certificate as X509Certificate2 ?? new X509Certificate2(Certificate);
        SslStreamCertificateContext made = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return Interlocked.CompareExchange(ref _certificateContext, made, null) ?? made;
    }

    private SslServerAuthenticationOptions CreateOptions(RemoteCertificateValidationCallback? validation)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = CertificateContext,
            EnabledSslProtocols = EnabledProtocols,
            ClientCertificateRequired = NegotiateClientCertificate,
            CertificateRevocationCheckMode = RevocationMode,
            AllowRenegotiation = false,
            AllowTlsResume = AllowSessionResumption,
            RemoteCertificateValidationCallback = validation,
        };
        if (ApplicationProtocols.Count > 0)
        {
            options.ApplicationProtocols = [.. ApplicationProtocols];
        }

        if (NegotiateClientCertificate)
        {
            options.CertificateChainPolicy = CreateChainPolicy(ClientAuthentication);
        }

        if (!OperatingSystem.IsWindows())
        {
            options.CipherSuitesPolicy = CipherSuitesPolicy;
        }

        return options;
    }

    [SuppressMessage("Security", "CA5359", Justification =
        "A server that asks for no certificate gets one only with a session resumed from a listener that did. It is neither judged nor shown to anyone.")]
    private RemoteCertificateValidationCallback? Validation => ClientCertificateMode switch
    {
        ClientCertificateMode.None => AcceptUnasked,
        ClientCertificateMode.Optional => RemoteCertificateValidation ?? AcceptAbsentOrGood,
        _ => RemoteCertificateValidation,
    };

    private static bool AcceptUnasked(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static bool AcceptAbsentOrGood(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNotAvailable;
}
