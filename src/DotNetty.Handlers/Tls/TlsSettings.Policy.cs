using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

public abstract partial class TlsSettings
{
    internal const SslProtocols DefaultProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    internal static readonly TimeSpan DefaultHandshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultCloseNotifyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Application protocols offered or taken (ALPN, RFC 7301), in order of preference. Default: none. Without one in common the handshake fails.</summary>
    public IReadOnlyList<SslApplicationProtocol> ApplicationProtocols { get; init; } = [];

    /// <summary>
    /// Judges the peer's certificate after the chain was built, which it sees; its answer is final. Runs on the event loop: it must not block.
    /// Default: null, the chain must be without fault. Not called by a server that asks for no certificate; cannot be combined with a callback
    /// given to the SslStream by a stream factory.
    /// </summary>
    public RemoteCertificateValidationCallback? RemoteCertificateValidation { get; init; }

    /// <summary>Authorities the peer's chain has to end in, instead of the machine's. Default: null, the machine's.</summary>
    public X509Certificate2Collection? TrustedAuthorities { get; init; }

    /// <summary>
    /// How revocation of the peer's certificate is checked. Default: as the constructor was told, NoCheck unless said otherwise.
    /// Online runs the handshake's steps on a worker thread, since it may wait for the network.
    /// </summary>
    public X509RevocationMode RevocationMode { get; init; }

    /// <summary>
    /// Cipher suites allowed, instead of the platform's list (default: null). Costs session resumption: with a policy set every handshake is a full one.
    /// Not supported on Windows.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public CipherSuitesPolicy? CipherSuitesPolicy { get; init; }

    /// <summary>The handshake's deadline, from accept or connect, or from when the handler was added to an active channel. Default: 10 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or infinite.</exception>
    public TimeSpan HandshakeTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
        = DefaultHandshakeTimeout;

    /// <summary>How long a close waits for the peer's close_notify after ours was sent. Default: 5 s. Zero does not wait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or infinite.</exception>
    public TimeSpan CloseNotifyTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }
        = DefaultCloseNotifyTimeout;

    internal abstract bool IsServer { get; }

    /// <summary>A certificate of the peer's may be judged, and that may wait for the network.</summary>
    internal bool MayBlock => ExpectsCertificate && RevocationMode == X509RevocationMode.Online;

    /// <summary>The peer is to show a certificate, which is judged.</summary>
    internal abstract bool ExpectsCertificate { get; }

    /// <summary>Begins the handshake. A stream of the user's may have a validation callback of its own, beside which none of ours can be set.</summary>
    internal abstract Task Authenticate(SslStream stream, bool isUserStream);

    // Nothing here may do network I/O on a loop: no issuer is downloaded, revocation is looked up only when asked for.
    private protected X509ChainPolicy CreateChainPolicy(string purpose)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = RevocationMode,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
        };
        policy.ApplicationPolicy.Add(new(purpose));
        if (TrustedAuthorities != null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(TrustedAuthorities);
        }

        return policy;
    }
}
